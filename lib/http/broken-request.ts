import type { Duplex } from "node:stream";

const answers: Record<string, [status: string, line: string]> = {
  HPE_HEADER_OVERFLOW: [
    "431 Request Header Fields Too Large",
    "The address is too long: with headers, the limit is 16 KB.",
  ],
  ERR_HTTP_REQUEST_TIMEOUT: ["408 Request Timeout", "The request took too long to arrive."],
};

/** Answers requests that Node's parser refuses (`clientError` of node:http) with a message, and closes the connection. */
export function answerBroken(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable) return void socket.destroy(); // the client closed the connection
  const [status, line] = answers[error.code ?? ""] ?? ["400 Bad Request", "Expected an HTTP request."];
  const headers = "Content-Type: text/plain; charset=utf-8\r\nConnection: close";
  socket.end(`HTTP/1.1 ${status}\r\n${headers}\r\n\r\nBroadsheet: ${line}\n`);
}
