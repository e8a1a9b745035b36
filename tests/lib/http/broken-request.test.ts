import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { answerBroken } from "@/lib/http/broken-request";

const server = createServer({ headersTimeout: 200, connectionsCheckingInterval: 50 }, (_, answer) =>
  answer.end(),
);
server.on("clientError", answerBroken);

test.each([
  [`GET /papers?q=${"x".repeat(20_000)} HTTP/1.1\r\nHost: a\r\n\r\n`, 431, "The address is too long"],
  ["hello\r\n\r\n", 400, "Expected an HTTP request."],
  ["GET / HTTP/1.1\r\nHost:", 408, "The request took too long to arrive."],
])("a broken request gets a readable answer", async (sent, status, line) => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1"); // it listens at a port
  socket.write(sent);
  const answer = await text(socket);
  expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  expect(answer).toContain(`\r\n\r\nBroadsheet: ${line}`);
  await new Promise((resolve) => server.close(resolve));
});
