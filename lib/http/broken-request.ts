import type { Duplex } from "node:stream";

const answers: Record<string, [status: string, line: string]> = {
  HPE_HEADER_OVERFLOW: [
    "431 Request Header Fields Too Large",
    "The address is too long: with headers, the limit is 16 KB.",
  ],
  ERR_HTTP_REQUEST_TIMEOUT: ["408 Request Timeout", "The request took too long to arrive."],
};

/** Answers in words what Node's parser refuses before there is a request (`clientError` of node:http), and hangs up. */
export function answerBroken(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable) return void socket.destroy(); // it was the other side that hung up
  const [status, line] = answers[error.code ?? ""] ?? ["400 Bad Request", "Expected an HTTP request."];
  const headers = "Content-Type: text/plain; charset=utf-8\r\nConnection: close";
  socket.end(`HTTP/1.1 ${status}\r\n${headers}\r\n\r\nBroadsheet: ${line}\n`);
}
