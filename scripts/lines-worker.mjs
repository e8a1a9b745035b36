// Reads lines of papers on a thread of its own; see lines-ahead.ts.
import { parentPort } from "node:worker_threads";
import { registerTypeScript } from "./setup.mjs";

await registerTypeScript();
const { parseLinesAhead } = await import("../lib/ingest/lines.ts");
parentPort.on("message", (lines) => parentPort.postMessage(parseLinesAhead(lines)));
