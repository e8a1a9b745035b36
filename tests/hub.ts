import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach } from "vitest";

type Play = (url: URL, response: ServerResponse, request: IncomingMessage) => void;

/** A server that plays the Hub: each test says how it answers; it keeps what it was asked and when. */
export function openPlayedHub() {
  const asked: { path: string; at: number }[] = [];
  let play: Play = (_, response) => response.writeHead(404).end();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://hub");
    asked.push({ path: url.pathname + url.search, at: performance.now() });
    play(url, response, request);
  });
  // As a proxy: it notes whom it was asked to connect with, and does not.
  const tunnels: string[] = [];
  server.on("connect", (request, socket) => {
    tunnels.push(request.url ?? "");
    socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
  });
  beforeEach(async () => {
    asked.length = 0;
    tunnels.length = 0;
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
    // An AddressInfo, since it listens at a port.
    url: () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  };
}
