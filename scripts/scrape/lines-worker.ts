// Parses lines of papers on a thread of its own; see scripts/lines-ahead.ts.
import { getPriority, setPriority } from "node:os";
import { parentPort } from "node:worker_threads";
import { type Lines, parseAndDerive } from "@/lib/imports/lines";

const giveWay = 10;

// If processors are scarce, this thread gives way to the server, and to the saving thread, which blocks other writers
// meanwhile. (On Linux, priority is per thread.)
if (getPriority() < giveWay) setPriority(giveWay);

parentPort?.on("message", (lines: Lines) => parentPort?.postMessage(parseAndDerive(lines)));
