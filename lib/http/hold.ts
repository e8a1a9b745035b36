import type { OutgoingHttpHeader, ServerResponse } from "node:http";

export type Held = { status: number; headers: Record<string, OutgoingHttpHeader>; body: Buffer };

/**
 * Holds back what `make` writes to a response, whole: nothing of it is sent, and the response is as it was before. Null
 * where the other side has gone away meanwhile.
 */
export function hold(response: ServerResponse, make: () => Promise<void>): Promise<Held | null> {
  const { write, end, writeHead, flushHeaders, statusCode } = response;
  const before = response.getHeaders();
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const gone = () => {
      restore();
      resolve(null);
    };
    const restore = () => {
      response.off("close", gone);
      Object.assign(response, { write, end, writeHead, flushHeaders, statusCode });
      for (const name of response.getHeaderNames()) response.removeHeader(name);
      for (const [name, value] of Object.entries(before))
        if (value !== undefined) response.setHeader(name, value);
    };
    const take = (chunk: unknown, encoding: unknown) => {
      if (typeof chunk === "string") {
        chunks.push(Buffer.from(chunk, typeof encoding === "string" ? (encoding as BufferEncoding) : "utf8"));
      } else if (chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk));
    };
    const callBack = (...words: unknown[]) => {
      const last = words.findLast((word) => typeof word === "function");
      if (last) process.nextTick(last as () => void); // the one function that write and end take
    };
    // The signatures of Node's methods overload too much to be said again; what is passed on is what came.
    Object.assign(response, {
      flushHeaders: () => {},
      writeHead: (status: number, ...rest: unknown[]) => {
        response.statusCode = status;
        const headers = rest.find((word) => typeof word === "object" && word !== null) ?? {};
        for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
        return response;
      },
      write: (chunk: unknown, encoding: unknown, called: unknown) => {
        take(chunk, encoding);
        callBack(encoding, called);
        return true;
      },
      end: (chunk: unknown, encoding: unknown, called: unknown) => {
        take(chunk, encoding);
        callBack(chunk, encoding, called);
        // Without prototype: no header's name is one of Object's own.
        const headers = Object.assign(Object.create(null), response.getHeaders());
        const held = { status: response.statusCode, headers, body: Buffer.concat(chunks) };
        restore();
        resolve(held);
        return response;
      },
    });
    response.once("close", gone);
    make().catch((error: unknown) => {
      restore();
      reject(error);
    });
  });
}
