// Parses lines of papers on a thread of its own; see scripts/parse-on-thread.ts.
import { getPriority, setPriority } from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import { type Lines, parseAndDerive } from "@/lib/imports/lines";
import type { Priors } from "@/lib/tags/priors";

const niceness = 10;

// On a busy machine, this thread yields to the server, and to the saving thread, which blocks other writers while it
// saves. (On Linux, priority is per thread.)
if (getPriority() < niceness) setPriority(niceness);

const priors: Priors = workerData;
parentPort?.on("message", (lines: Lines) => parentPort?.postMessage(parseAndDerive(lines, priors)));
