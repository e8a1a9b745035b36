import { storage } from "./came-from";
import type { Marks } from "./marks";
import { isOther } from "./my-sheet";

const toldKey = "broadsheet-told";

/**
 * Makes the forms that take the last change back answer in place, and returns what does the same for a key. `tell` hears in
 * words what became of it, once the page is loaded anew where it has to be.
 */
export function watchUndo({ settled, look }: Marks, tell: (words: string) => void): () => Promise<void> {
  const before = storage()?.getItem(toldKey);
  storage()?.removeItem(toldKey);
  if (before) tell(before);

  const undo = async () => {
    await settled();
    const answer = await fetch("/api/v1/undo", { method: "POST" }).catch((error: unknown) => {
      if (!(error instanceof TypeError)) throw error; // nobody answered
      return null;
    });
    const undone: string | null | undefined = answer?.ok ? (await answer.json()).undone : undefined;
    const words = toWords(undone);
    tell(words);
    await look();
    if (!undone || !isOther()) return;
    storage()?.setItem(toldKey, words);
    location.reload();
  };
  document.addEventListener("submit", (event) => {
    if (!(event.target instanceof HTMLFormElement) || !event.target.action.endsWith("/undo")) return;
    event.preventDefault();
    undo();
  });
  return undo;
}

/** `undefined` where the server did not say. */
function toWords(undone: string | null | undefined): string {
  if (undone === undefined) return "Nothing was undone: the server does not answer.";
  return undone === null ? "There is nothing to undo." : `Undone: ${undone}`;
}
