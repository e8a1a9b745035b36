import { AsyncLocalStorage } from "node:async_hooks";
import type { ServerResponse } from "node:http";

type Answer = { status: number | null };

// The front and Next's bundle each hold a copy of this module; they meet here.
const shared = globalThis as typeof globalThis & { broadsheetAnswers?: AsyncLocalStorage<Answer> };
shared.broadsheetAnswers ??= new AsyncLocalStorage();
const answers = shared.broadsheetAnswers;

/** Runs the making of an answer, in which `setStatus` holds. */
export function withStatus<T>(response: ServerResponse, make: () => T): T {
  const answer: Answer = { status: null };
  const writeHead = response.writeHead.bind(response);
  // Node calls this for implicit headers too; the overloads are passed through untouched.
  response.writeHead = ((status: number, ...rest: []) =>
    writeHead(status === 200 ? (answer.status ?? status) : status, ...rest)) as typeof response.writeHead;
  return answers.run(answer, make);
}

/**
 * Gives the page that is being made a status of its own, such as 404. Next's `notFound()` would do that too, but sends a
 * document whose body only a script can fill.
 */
export function setStatus(status: number): void {
  const answer = answers.getStore();
  if (!answer) throw new Error("setStatus: outside of a request of scripts/serve.ts");
  answer.status = status;
}
