import { AsyncLocalStorage } from "node:async_hooks";

/** What a page says about its own answer while it renders. */
export type AnswerNotes = {
  status: number | null;
  /** The one address at which the answer is the same for every reader, or null if there is none. */
  sharedAt: string | null;
  /** When that answer stops being right, although the library has not changed, in Unix ms. Null if it never does. */
  sharedUntil: number | null;
  /** What is wrong with the library, if that prevented the request; null otherwise. */
  problem: string | null;
  /** Names the request in the log. */
  requestId?: string | undefined;
  /** The body, if it is not complete when the page has been rendered. */
  parts?: AsyncGenerator<Uint8Array> | undefined;
};

// The front and Next's bundle each have a copy of this module. They share state through a global.
const shared = globalThis as typeof globalThis & { broadsheetAnswers?: AsyncLocalStorage<AnswerNotes> };
shared.broadsheetAnswers ??= new AsyncLocalStorage();
const answers = shared.broadsheetAnswers;

/** The id of the request that is being answered, if one is. */
export function requestIdNow(): string | undefined {
  return answers.getStore()?.requestId;
}

/** Runs `make`, and stores in `notes` what it reports through `setStatus`, `setProblem` and `share`. */
export function withNotes<T>(notes: AnswerNotes, make: () => T): T {
  return answers.run(notes, make);
}

/**
 * Gives the current page a status such as 404. Next's `notFound()` would too, but sends a document whose body only a
 * script can fill.
 */
export function setStatus(status: number): void {
  const notes = answers.getStore();
  if (!notes) throw new Error("setStatus: outside of a request of lib/http/front.ts");
  notes.status = status;
}

/** Reports why the request could not be handled: the front then answers 503. */
export function setProblem(problem: string): void {
  const notes = answers.getStore();
  if (notes) notes.problem = problem;
}

/**
 * Says that the answer depends on nothing but the library, so that it may be cached until the library changes.
 * `address` is the path, with the query if there is one. Other spellings of it are not cached, so that they cannot
 * evict other pages.
 */
export function share(address: string): void {
  const notes = answers.getStore();
  if (notes) notes.sharedAt = address;
}

/** Says that the answer will be wrong from this instant on: it names a time or the age of something. */
export function shareUntil(instant: Date | null): void {
  const notes = answers.getStore();
  if (notes && instant)
    notes.sharedUntil = Math.min(instant.getTime(), notes.sharedUntil ?? Number.POSITIVE_INFINITY);
}

/**
 * A body of any size for an answer. The front reads it part by part, as fast as its client does, and closes it if the client
 * leaves; so only a part is in memory at a time.
 */
export function streamed(parts: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> | null {
  const notes = answers.getStore();
  if (notes) {
    notes.parts = parts;
    return null;
  }
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await parts.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: () => parts.return(undefined).then(() => {}),
  });
}
