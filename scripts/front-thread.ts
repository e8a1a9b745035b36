import { Worker } from "node:worker_threads";
import { createBirpc } from "birpc";
import type { LibraryState } from "@/lib/db/watch";
import type { RemoteRender } from "@/lib/http/remote-answer";
import type { LogOptions } from "./log";

/** What the thread receives when it starts. */
export type Begin = {
  host: string;
  port: number;
  hosts: string[];
  scripts: string[];
  library: LibraryState;
  /** The port for metrics, or the token for them on the site's port. Null if unset; both null: nothing is measured. */
  metrics: { port: number | null; token: string | null };
  log: LogOptions;
};
/** Where a server listens, or why it does not. */
export type Listening = { address: string; port: number } | { problem: string; taken: boolean };
/** Calls that the thread accepts. */
export type Thread = {
  listen: () => Promise<Listening>;
  /** Opens the port for metrics. */
  listenForMetrics: () => Promise<Listening>;
  show: (library: LibraryState) => void;
  /** From now on, every answer closes its connection, so that a load balancer does not send another request on it. */
  drain: () => void;
  /** Stops the server. Requests in progress have this many milliseconds to finish. */
  stop: (patienceMs: number) => Promise<void>;
};
/** Calls that the thread makes to the main thread. */
export type Process = RemoteRender & {
  checkLibrary: () => Promise<LibraryState>;
  /** The metrics of the main thread, as text. */
  metrics: () => Promise<string>;
};

/** Runs the front on its own thread, so that a page being rendered does not delay one that is ready. */
export function openFrontThread(begin: Begin, process: Process): Thread {
  const worker = new Worker(new URL("../programs/front-worker.mjs", import.meta.url), { workerData: begin });
  // Without the front, no request can be answered, so the process ends too.
  worker.on("error", (error) => {
    throw error;
  });
  return createBirpc<Thread, Process>(process, {
    // Transfers a body instead of copying it. Node keeps small bodies in shared memory, which cannot be transferred.
    post: (message) => {
      const body: Uint8Array | undefined = message.r?.body;
      const owned = body?.byteLength === body?.buffer.byteLength;
      worker.postMessage(message, body && owned ? [body.buffer as ArrayBuffer] : []);
    },
    on: (listener) => worker.on("message", listener),
    eventNames: ["show", "drain"],
    timeout: -1, // a page may take long, and so may SQLite if the library is locked
  });
}
