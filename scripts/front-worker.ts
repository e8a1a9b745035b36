// The thread that listens on the port; see front-thread.ts.
import { createServer } from "node:http";
import { parentPort, workerData } from "node:worker_threads";
import { createBirpc } from "birpc";
import { answerBroken } from "@/lib/http/broken-request";
import { openFront } from "@/lib/http/front";
import { printable } from "@/lib/printable";
import type { Begin, Process, Thread } from "./front-thread";

const { host, port, hosts, scripts, library } = workerData as Begin; // set by openFrontThread
const idleEveryMs = 50;

const server = createServer((request, response) => {
  front(request, response).catch((error: unknown) => {
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    console.error(printable(`serve: ${request.method} ${request.url}: ${what}`));
    if (!response.headersSent) response.writeHead(500);
    response.end();
  });
});
server.on("clientError", answerBroken);

const thread: Thread = {
  listen: () =>
    new Promise((resolve) => {
      server.once("error", ({ message, code }: NodeJS.ErrnoException) =>
        resolve({ problem: message, taken: code === "EADDRINUSE" }),
      );
      server.listen(port, host, () => {
        const at = server.address();
        if (typeof at === "object" && at) resolve({ address: at.address, port: at.port }); // a port, not a pipe
      });
    }),
  show: (now) => void Object.assign(library, now),
  stop: async (patienceMs) => {
    const idle = setInterval(() => server.closeIdleConnections(), idleEveryMs);
    const late = setTimeout(() => server.closeAllConnections(), patienceMs);
    await new Promise((resolve) => server.close(resolve));
    clearInterval(idle);
    clearTimeout(late);
  },
};
const main = createBirpc<Process, Thread>(thread, {
  post: (message) => parentPort?.postMessage(message),
  on: (listener) => parentPort?.on("message", listener),
  timeout: -1, // a page may take long, and so may SQLite if the library is locked
});
const checkLibrary = async () => void Object.assign(library, await main.checkLibrary());
const front = openFront(main.render, library, hosts, checkLibrary, scripts);
