import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach } from "vitest";
import type { Clock } from "@/lib/net/pace";

type Handler = (url: URL, response: ServerResponse, request: IncomingMessage) => void;

/** A fake clock: `sleep` moves its time forward and returns at once. `slept` lists how long each sleep was, in ms. */
export function openFakeClock(begin = Date.UTC(2025, 11, 12, 12)): Clock & { slept: number[] } {
  let now = begin;
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      slept.push(ms);
      now += ms;
    },
  };
}

/**
 * A server that stands in for Hugging Face. Each test sets how it answers. `requests` lists the requests, each with its time by
 * the real clock or by one that the test sets.
 */
export function openFakeHub() {
  const requests: { host: string; path: string; at: number; headers: IncomingMessage["headers"] }[] = [];
  let handler: Handler = (_, response) => response.writeHead(404).end();
  let clock: Pick<Clock, "now"> = performance;
  const server = createServer((request, response) => {
    const { host = "hub", ...headers } = request.headers;
    const url = new URL(request.url ?? "/", `http://${host}`);
    requests.push({ host, path: url.pathname + url.search, at: clock.now(), headers });
    handler(url, response, request);
  });
  server.keepAliveTimeout = 60_000; // long enough that a slow test can reuse its connection
  // It is a proxy too: it records each host it should connect to, and answers plain HTTP itself, whatever the host.
  const tunnels: string[] = [];
  server.on("connect", (request, socket: Socket) => {
    tunnels.push(request.url ?? "");
    if (!request.url?.endsWith(":80")) return socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
    socket.write("HTTP/1.1 200 OK\r\n\r\n");
    server.emit("connection", socket);
  });
  beforeEach(async () => {
    requests.length = 0;
    tunnels.length = 0;
    clock = performance;
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return {
    requests,
    tunnels,
    answers: (newHandler: Handler) => {
      handler = newHandler;
    },
    /** Takes the times of later requests from this clock. */
    useClock: (newClock: Clock) => {
      clock = newClock;
    },
    /** Milliseconds between each request and the one before it. */
    gaps: () => requests.slice(1).map(({ at }, index) => at - (requests[index]?.at ?? 0)),
    // An AddressInfo, because it listens on a port.
    url: () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  };
}

/** Writes a chunk again and again, up to `limit` times or until the client hangs up. `sent` is how many were written. */
export function pour(response: ServerResponse, chunk: Buffer, limit: number): { sent: () => number } {
  let sent = 0;
  const writeMore = () => {
    while (sent < limit && !response.destroyed) {
      sent++;
      if (!response.write(chunk)) return;
    }
    response.end();
  };
  response.on("drain", writeMore);
  writeMore();
  return { sent: () => sent };
}

/** 64 MB of spaces as 64 KB of gzip. A response can repeat it, and each copy unpacks to another 64 MB. */
export const bomb = (): Buffer => gzipSync(Buffer.alloc(64 * 1024 * 1024, " "));
