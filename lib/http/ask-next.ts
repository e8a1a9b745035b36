import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeader, ServerResponse } from "node:http";
import inject from "light-my-request";
import { listen, type Said } from "./answer";

/** A request as it passes from thread to thread: whole, with its body. */
export type Asked = { method: string; url: string; headers: IncomingHttpHeaders; body: Uint8Array | null };
/** An answer, whole and uncompressed, with what its page said of it. */
export type Made = {
  status: number;
  headers: Record<string, OutgoingHttpHeader>;
  body: Uint8Array;
  said: Said;
};
export type Ask = (asked: Asked) => Promise<Made>;
export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Asks a handler of Node's requests, such as Next's, without a network between. Rejects where the handler does. */
export function askOf(handle: Handler): Ask {
  return ({ method, url, headers, body }) => {
    const said: Said = { status: null, sharedAt: null, trouble: null };
    return new Promise((resolve, reject) => {
      const run: Handler = (request, response) => {
        request.url = url; // as it came; an address that is taken apart and put together again may be another
        return listen(said, () => handle(request, response));
      };
      const payload = body ? { payload: Buffer.from(body) } : {};
      inject((request, response) => void run(request, response).catch(reject), {
        ...{ method, url, headers },
        ...payload,
      }).then(
        ({ statusCode, headers, rawPayload }) =>
          resolve({ status: statusCode, headers: { ...headers } as Made["headers"], body: rawPayload, said }),
        reject,
      );
    });
  };
}
