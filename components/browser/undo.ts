import { sayUndone } from "@/lib/words/say-changes";
import { ask } from "./ask";
import type { Marks } from "./marks";
import { isBehind, setting } from "./my-sheet";
import { storage } from "./tab-storage";

const toldKey = "broadsheet-told";

/**
 * Makes the forms that take the last change back answer in place, and returns what does the same for a key. `tell` hears in
 * words what became of it, once the page is loaded anew where it has to be; else `recheck` looks whether it is still behind.
 * `refocus` is called when the bar may have gone with the focus on it.
 */
export function watchUndo(
  { settled, look }: Marks,
  tell: (words: string) => void,
  refocus: () => void,
  recheck: () => void,
): () => Promise<void> {
  const before = storage()?.getItem(toldKey);
  storage()?.removeItem(toldKey);
  if (before) tell(before);

  const takeBack = async () => {
    await settled();
    // The change that this page knows as the last: what was changed elsewhere meanwhile is not taken back unseen.
    const address = `/api/v1/undo?change=${setting("change")}`;
    const answer = await ask(address, { method: "POST" });
    const { undone, last }: Partial<Undone> = answer?.ok ? await answer.json() : {};
    const words = toWords(undone, last);
    tell(words);
    await look();
    refocus();
    if (!undone) return;
    if (!(await isBehind())) return recheck();
    storage()?.setItem(toldKey, words);
    location.reload();
  };
  let taking = Promise.resolve();
  const undo = () => {
    taking = taking.then(takeBack);
    return taking;
  };
  document.addEventListener("submit", (event) => {
    if (!(event.target instanceof HTMLFormElement) || !event.target.action.endsWith("/undo")) return;
    event.preventDefault();
    undo();
  });
  return undo;
}

/** What the server says: what was taken back, or where nothing was, which change is the last. */
type Undone = { undone: string | null; last: string | null };

function toWords(undone: string | null | undefined, last: string | null | undefined): string {
  if (undone === undefined) return "Could not undo: the server did not respond. Try again when it is back.";
  if (undone !== null) return sayUndone(undone);
  return last
    ? `Something else changed since then: ${last}. Press Undo again to undo that.`
    : "Nothing to undo.";
}
