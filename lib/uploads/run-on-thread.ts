import { once } from "node:events";
import path from "node:path";
import { Worker } from "node:worker_threads";
import type { Outcome, Task } from "./tasks";

/** What the thread sends: the outcome, or what is wrong with the library. */
export type Message<Done extends Task = Task> = { outcome: Outcome<Done> } | { libraryProblem: string };

// For an upload of 20 MB that is full of papers, several times what they need.
const maxMegabytes = 1500;
const patienceMs = 300_000;

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
    const [message] = await once(worker, "message", { signal: AbortSignal.timeout(patienceMs) });
    return message;
  } catch (error) {
    const why = whyEnded(error);
    if (why === null) throw error;
    return {
      outcome: { problem: `expected papers that can be read within ${why}, got more`, beginning: "" },
    };
  } finally {
    await worker.terminate();
  }
}

function whyEnded(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  if (error.name === "AbortError") return `${patienceMs / 60_000} minutes`;
  return "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY" ? `${maxMegabytes} MB of memory` : null;
}
