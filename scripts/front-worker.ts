// The thread that listens on the port; see front-thread.ts.
import { createServer, type Server } from "node:http";
import { parentPort, workerData } from "node:worker_threads";
import { createBirpc } from "birpc";
import { answerBroken } from "@/lib/http/broken-request";
import { openFront } from "@/lib/http/front";
import { newFrontCounts } from "@/lib/http/front-counts";
import { fromRemote } from "@/lib/http/remote-answer";
import { failureOf, noteFailure, requestId } from "@/lib/http/request-id";
import { hideSecrets } from "@/lib/printable";
import type { Begin, Listening, Process, Thread } from "./front-thread";
import { failureLine, openLog } from "./log";
import { answersMetrics, metricsServer } from "./metrics/answer-metrics";
import { openRequestMetrics } from "./metrics/request-metrics";

const { host, port, hosts, scripts, library, metrics, log } = workerData as Begin; // set by openFrontThread
const idleEveryMs = 50;

const writeLine = await openLog(log);
const counts = newFrontCounts();
let draining = false;
const isMeasured = metrics.port !== null || metrics.token !== null;
const measured = isMeasured ? await openRequestMetrics(counts) : null;
const metricsText = async () => `${await measured?.text()}${await main.metrics()}`;

const server = createServer(async (request, response) => {
  const startedAt = performance.now();
  if (draining) response.setHeader("Connection", "close");
  if (metrics.token !== null && answersMetrics(request, response, metrics.token, metricsText)) return;
  try {
    await front(request, response);
  } catch (error) {
    noteFailure(request, response, error instanceof Error ? (error.stack ?? error.message) : String(error));
    if (!response.headersSent) response.writeHead(500);
    response.end();
  }
  const ms = performance.now() - startedAt;
  const { method = "GET", url = "/" } = request;
  measured?.observe(url, response.statusCode, ms);
  const why = failureOf(request);
  if (why === null) return;
  const status = response.statusCode;
  const fields = {
    requestId: requestId(request),
    method,
    path: hideSecrets(url.replace(/\?.*/s, "")),
    status,
  };
  writeLine("error", failureLine(method, url, status, why), { ...fields, ms: Math.round(ms) });
});
server.on("clientError", answerBroken);

const thread: Thread = {
  listen: () => listen(server, port),
  listenForMetrics: () => listen(metricsServer(metricsText), metrics.port ?? 0),
  drain: () => {
    draining = true;
  },
  show: (now) => void Object.assign(library, now),
  stop: async (patienceMs) => {
    const idle = setInterval(() => server.closeIdleConnections(), idleEveryMs);
    const late = setTimeout(() => server.closeAllConnections(), patienceMs);
    await new Promise((resolve) => server.close(resolve));
    clearInterval(idle);
    clearTimeout(late);
  },
};
function listen(server: Server, port: number): Promise<Listening> {
  return new Promise((resolve) => {
    server.once("error", ({ message, code }: NodeJS.ErrnoException) =>
      resolve({ problem: message, taken: code === "EADDRINUSE" }),
    );
    server.listen(port, host, () => {
      const at = server.address();
      if (typeof at === "object" && at) resolve({ address: at.address, port: at.port }); // a port, not a pipe
    });
  });
}

const main = createBirpc<Process, Thread>(thread, {
  post: (message) => parentPort?.postMessage(message),
  on: (listener) => parentPort?.on("message", listener),
  timeout: -1, // a page may take long, and so may SQLite if the library is locked
});
const checkLibrary = async () => void Object.assign(library, await main.checkLibrary());
const front = openFront(fromRemote(main), library, hosts, checkLibrary, scripts, undefined, counts);
