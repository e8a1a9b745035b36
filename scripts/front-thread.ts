import { Worker } from "node:worker_threads";
import { createBirpc } from "birpc";
import type { LibraryState } from "@/lib/db/watch";
import type { Ask } from "@/lib/http/ask-next";

/** What the thread is begun with. */
export type Begin = { host: string; port: number; hosts: string[]; scripts: string[]; library: LibraryState };
/** What may be asked of the thread. `listen` gives the address and port that it came to, or why it did not. */
export type Thread = {
  listen: () => Promise<{ address: string; port: number } | { trouble: string; taken: boolean }>;
  show: (library: LibraryState) => void;
  /** Until nobody is answered any more: those who are being answered have so many milliseconds. */
  stop: (patienceMs: number) => Promise<void>;
};
/** What the thread may ask of the process. */
export type Process = { ask: Ask; look: () => Promise<LibraryState> };

/** The front on a thread of its own, so that no page that is being made keeps one that is ready from its reader. */
export function openFrontThread(begin: Begin, process: Process): Thread {
  const worker = new Worker(new URL("../programs/front-worker.mjs", import.meta.url), { workerData: begin });
  // Whatever ends it, nobody could be answered any more: that is the end of the process too.
  worker.on("error", (error) => {
    throw error;
  });
  return createBirpc<Thread, Process>(process, {
    // A page is handed over, not copied. What is small lies in memory that Node shares, which cannot be handed over.
    post: (message) => {
      const body: Uint8Array | undefined = message.r?.body;
      const owned = body?.byteLength === body?.buffer.byteLength;
      worker.postMessage(message, body && owned ? [body.buffer as ArrayBuffer] : []);
    },
    on: (hear) => worker.on("message", hear),
    eventNames: ["show"],
    timeout: -1, // a page may take its time, and SQLite a locked library's
  });
}
