import type { RawAnswer, Render } from "./render";

/** An answer as it passes between threads: a body that is read part by part stays where it is, under a number. */
export type RemoteAnswer = Omit<RawAnswer, "parts"> & { stream: number | null };

/** Calls of the thread that answers to the one that renders. */
export type RemoteRender = {
  render: (asked: Parameters<Render>[0]) => Promise<RemoteAnswer>;
  /** The next part of a body. Null at the end. */
  readPart: (stream: number) => Promise<Uint8Array | null>;
  /** Says that nobody wants the rest. */
  closeStream: (stream: number) => Promise<void>;
};

/** The side that renders. */
export function toRemote(render: Render): RemoteRender {
  const open = new Map<number, AsyncGenerator<Uint8Array>>();
  let last = 0;
  return {
    async render(asked) {
      const { parts, ...answer } = await render(asked);
      if (!parts) return { ...answer, stream: null };
      open.set(++last, parts);
      return { ...answer, stream: last };
    },
    async readPart(stream) {
      const { value, done } = (await open.get(stream)?.next()) ?? { value: null, done: true };
      if (done) open.delete(stream);
      return done ? null : value;
    },
    async closeStream(stream) {
      const parts = open.get(stream);
      open.delete(stream);
      await parts?.return(undefined);
    },
  };
}

/** The side that answers. */
export function fromRemote({ render, readPart, closeStream }: RemoteRender): Render {
  async function* read(stream: number): AsyncGenerator<Uint8Array> {
    try {
      for (let part = await readPart(stream); part; part = await readPart(stream)) yield part;
    } finally {
      await closeStream(stream);
    }
  }
  return async (asked) => {
    const { stream, ...answer } = await render(asked);
    return { ...answer, parts: stream === null ? null : read(stream) };
  };
}
