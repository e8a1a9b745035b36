import { once } from "node:events";
import path from "node:path";
import { Worker } from "node:worker_threads";
import type { Outcome, Task } from "./tasks";

/** What the thread sends: the outcome, or what is wrong with the library. */
export type Message<Done extends Task = Task> = { outcome: Outcome<Done> } | { libraryProblem: string };

// Several times what 20 MB full of papers need.
const maxMegabytes = 1500;
const patience = { preview: 300_000, add: 1_200_000 };

let last: Promise<unknown> = Promise.resolve();

/**
 * Runs a task on a thread of its own (scripts/upload-worker.ts), so that no page waits while 20 MB are parsed; one at a
 * time, so that they do not fill the memory together.
 */
export function runOnThread<Done extends Task>(task: Done): Promise<Message<Done>> {
  const running = last.then(() => start(task));
  last = running.catch(() => {}); // the caller sees the error
  return running;
}

async function start<Done extends Task>(task: Done): Promise<Message<Done>> {
  const program = path.resolve(/* turbopackIgnore: true */ process.cwd(), "programs/upload-worker.mjs");
  const worker = new Worker(program, {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: maxMegabytes },
  });
  try {
    const [message] = await once(worker, "message", { signal: AbortSignal.timeout(patience[task.does]) });
    return message;
  } catch (error) {
    const problem = whyEnded(error);
    if (problem === null) throw error;
    return { outcome: { problem, beginning: "" } };
  } finally {
    await worker.terminate();
  }
}

/** What the reader has to know. Batches that were saved before stay, and are not saved again. */
function whyEnded(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  if (error.name === "AbortError") return "it took too long; divide the file";
  return "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY"
    ? `it needs more than ${maxMegabytes.toLocaleString("en")} MB of memory; divide the file`
    : null;
}
