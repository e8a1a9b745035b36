// Reads lines of papers on a thread of its own; see scripts/lines-ahead.ts.
import { getPriority, setPriority } from "node:os";
import { parentPort } from "node:worker_threads";
import { type Lines, parseLinesAhead } from "@/lib/imports/lines";

const giveWay = 10;

// Where processors are short this thread gives way: to the server, and to the thread that saves and meanwhile keeps others
// from writing. (On Linux a priority is a thread's own.)
if (getPriority() < giveWay) setPriority(giveWay);

parentPort?.on("message", (lines: Lines) => parentPort?.postMessage(parseLinesAhead(lines)));
