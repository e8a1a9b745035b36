// Reads lines of papers on a thread of its own; see lines-ahead.ts.
import { parentPort } from "node:worker_threads";
import { type Lines, parseLinesAhead } from "@/lib/ingest/lines";

parentPort?.on("message", (lines: Lines) => parentPort?.postMessage(parseLinesAhead(lines)));
