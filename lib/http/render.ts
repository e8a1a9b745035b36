import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeader, ServerResponse } from "node:http";
import inject from "light-my-request";
import { type AnswerNotes, withNotes } from "./answer";

/** A complete request, in a form that can be passed between threads. */
export type PageRequest = {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: Uint8Array | null;
};
/** A complete, uncompressed answer, and what its page said about it. */
export type RawAnswer = {
  status: number;
  headers: Record<string, OutgoingHttpHeader>;
  body: Uint8Array;
  notes: Omit<AnswerNotes, "parts">;
  /** The body, if it is read part by part. */
  parts: AsyncGenerator<Uint8Array> | null;
};
export type Render = (asked: PageRequest) => Promise<RawAnswer>;
export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Sends a request to a Node handler such as Next's, without a network. Rejects if the handler does. */
export function renderWith(handle: Handler): Render {
  return ({ method, url, headers, body }) => {
    const notes: AnswerNotes = {
      ...{ status: null, sharedAt: null, sharedUntil: null, problem: null },
      requestId: headers["x-request-id"]?.toString(),
    };
    return new Promise((resolve, reject) => {
      const run: Handler = (request, response) => {
        request.url = url; // unchanged, because parsing and serializing an address may alter it
        return withNotes(notes, () => handle(request, response));
      };
      const payload = body ? { payload: Buffer.from(body) } : {};
      inject((request, response) => void run(request, response).catch(reject), {
        ...{ method, url, headers },
        ...payload,
      }).then(({ statusCode, headers, rawPayload }) => {
        const { parts = null, ...rest } = notes;
        resolve({
          status: statusCode,
          headers: { ...headers } as RawAnswer["headers"],
          body: rawPayload,
          notes: rest,
          parts,
        });
      }, reject);
    });
  };
}
