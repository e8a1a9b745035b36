import { on } from "node:events";
import { Worker } from "node:worker_threads";
import type { LinesParser } from "@/lib/imports/lines";
import type { Batch } from "@/lib/listings/listing";

// One batch is parsed while another is saved. A third one waits, so that neither side has to wait for the other.
const maxAhead = 3;

/**
 * Parses lines on a thread of its own, ahead of the thread that saves them: half the cost of a paper comes before
 * SQLite.
 */
export const parseOnThread: LinesParser = async function* (batches, priors) {
  const worker = new Worker(new URL("../programs/lines-worker.mjs", import.meta.url), { workerData: priors }); // works from scripts/ too
  const read = on(worker, "message", { close: ["exit"] })[Symbol.asyncIterator]();
  const next = async (): Promise<Batch> => {
    const { done, value } = await read.next();
    if (done) throw new Error("the parsing thread has ended");
    return value[0];
  };
  try {
    let ahead = 0;
    for await (const lines of batches) {
      worker.postMessage(lines);
      if (++ahead < maxAhead) continue;
      yield await next();
      ahead--;
    }
    for (; ahead > 0; ahead--) yield await next();
  } finally {
    await worker.terminate();
  }
};
