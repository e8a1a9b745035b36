import type { IncomingMessage } from "node:http";

/** In which the front passes on the IP address of a request's connection. It replaces what a client sends. */
export const senderHeader = "x-sender-address";

/** The address of the connection that a request came on. Empty if it is closed. */
export function senderAddress({ socket }: IncomingMessage): string {
  return socket.remoteAddress ?? "";
}
