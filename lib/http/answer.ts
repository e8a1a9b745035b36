import { AsyncLocalStorage } from "node:async_hooks";

/** What a page says of its own answer while it is made. */
export type Said = {
  status: number | null;
  /** The one address at which the answer is the same for every reader; null where it is not. */
  sharedAt: string | null;
  /** What is wrong with the library, so that this could not be done; null where nothing is. */
  trouble: string | null;
};

// The front and Next's bundle each hold a copy of this module; they meet here.
const shared = globalThis as typeof globalThis & { broadsheetAnswers?: AsyncLocalStorage<Said> };
shared.broadsheetAnswers ??= new AsyncLocalStorage();
const answers = shared.broadsheetAnswers;

/** Runs the making of an answer; what it says by `setStatus` and `share` stands in `said`. */
export function listen<T>(said: Said, make: () => T): T {
  return answers.run(said, make);
}

/**
 * Gives the page that is being made a status of its own, such as 404. Next's `notFound()` would do that too, but sends a
 * document whose body only a script can fill.
 */
export function setStatus(status: number): void {
  const said = answers.getStore();
  if (!said) throw new Error("setStatus: outside of a request of lib/http/front.ts");
  said.status = status;
}

/** Says why what was asked for could not be done: the front then answers 503. */
export function setTrouble(trouble: string): void {
  const said = answers.getStore();
  if (said) said.trouble = trouble;
}

/**
 * Says that the answer depends on nothing but the library, so that it may be kept until that changes. `address` is its
 * path, with its query where it has one: an answer to the same thing spelt otherwise is not kept, so that no number of
 * spellings pushes another page out.
 */
export function share(address: string): void {
  const said = answers.getStore();
  if (said) said.sharedAt = address;
}
