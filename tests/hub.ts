import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach } from "vitest";
import type { Clock } from "@/lib/net/pace";

type Play = (url: URL, response: ServerResponse, request: IncomingMessage) => void;

/** A clock that has slept as soon as it is told to. `slept` has how long each time. */
export function openPlayedClock(begin = Date.UTC(2025, 11, 12, 12)): Clock & { slept: number[] } {
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
 * A server that plays the Hub: each test says how it answers; it keeps what it was asked and when, by its own clock and by
 * the one that the test gives.
 */
export function openPlayedHub() {
  const asked: { host: string; path: string; at: number; headers: IncomingMessage["headers"] }[] = [];
  let play: Play = (_, response) => response.writeHead(404).end();
  let clock: Pick<Clock, "now"> = performance;
  const server = createServer((request, response) => {
    const { host = "hub", ...headers } = request.headers;
    const url = new URL(request.url ?? "/", `http://${host}`);
    asked.push({ host, path: url.pathname + url.search, at: clock.now(), headers });
    play(url, response, request);
  });
  server.keepAliveTimeout = 60_000; // a slow test finds its connection still open
  // As a proxy: it notes whom it was asked to connect with, and plays every host of plain HTTP itself.
  const tunnels: string[] = [];
  server.on("connect", (request, socket: Socket) => {
    tunnels.push(request.url ?? "");
    if (!request.url?.endsWith(":80")) return socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
    socket.write("HTTP/1.1 200 OK\r\n\r\n");
    server.emit("connection", socket);
  });
  beforeEach(async () => {
    asked.length = 0;
    tunnels.length = 0;
    clock = performance;
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return {
    asked,
    tunnels,
    plays: (how: Play) => {
      play = how;
    },
    /** From now on its log has the time of this clock. */
    goesBy: (given: Clock) => {
      clock = given;
    },
    /** Milliseconds between each request and the one before it. */
    gaps: () => asked.slice(1).map(({ at }, index) => at - (asked[index]?.at ?? 0)),
    // An AddressInfo, since it listens at a port.
    url: () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  };
}

/** Pours until the other side has had enough, or `most` times; `sent` says how often it did. */
export function pour(response: ServerResponse, some: Buffer, most: number): { sent: () => number } {
  let sent = 0;
  const more = () => {
    while (sent < most && !response.destroyed) {
      sent++;
      if (!response.write(some)) return;
    }
    response.end();
  };
  response.on("drain", more);
  more();
  return { sent: () => sent };
}

/** Gzip of 64 MB in 64 KB; repeated, it is that many times as much in one answer. */
export const bomb = (): Buffer => gzipSync(Buffer.alloc(64 * 1024 * 1024, " "));
