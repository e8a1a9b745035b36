import { describeUndone } from "@/lib/words/describe-changes";
import type { Marks } from "./marks";
import { isOutdated, setting } from "./reader-sheet";
import { request } from "./request";
import { storage } from "./tab-storage";

const announcementKey = "broadsheet-told";

/**
 * Makes undo forms work without leaving the page, and returns the same action for a key. `announce` receives the result in
 * words, after a reload if one is needed; if not, `recheck` looks whether the page is still out of date. `refocus` is
 * called because the bar may have disappeared while it had the focus.
 */
export function watchUndo(
  { settled, refresh }: Marks,
  announce: (words: string) => void,
  refocus: () => void,
  recheck: () => void,
): () => Promise<void> {
  const announcement = storage()?.getItem(announcementKey);
  storage()?.removeItem(announcementKey);
  if (announcement) announce(announcement);

  const undoLast = async () => {
    await settled();
    // The last change this page knows of, so that a newer change made elsewhere is not undone unseen.
    const address = `/api/v1/undo?change=${setting("change")}`;
    const answer = await request(address, { method: "POST" });
    const { undone, last }: Partial<Undone> = answer?.ok ? await answer.json() : {};
    const words = toWords(undone, last);
    announce(words);
    await refresh();
    refocus();
    if (!undone) return;
    if (!(await isOutdated())) return recheck();
    storage()?.setItem(announcementKey, words);
    location.reload();
  };
  watchBar();
  let running = Promise.resolve();
  const undo = () => {
    running = running.then(undoLast);
    return running;
  };
  document.addEventListener("submit", (event) => {
    if (!(event.target instanceof HTMLFormElement) || !event.target.action.endsWith("/undo")) return;
    event.preventDefault();
    undo();
  });
  return undo;
}

/** Lets the reader close the bar. `/me.css` shows it again for the next change. */
function watchBar(): void {
  const bar = document.querySelector<HTMLElement>("form[data-undo]");
  const close = bar?.querySelector<HTMLElement>("[data-close]");
  close?.classList.remove("invisible");
  close?.addEventListener("click", () => {
    if (bar) bar.dataset.closed = setting("change");
  });
}

/** The server's answer: what was undone, or if nothing was, which change is the last. */
type Undone = { undone: string | null; last: string | null };

function toWords(undone: string | null | undefined, last: string | null | undefined): string {
  if (undone === undefined) return "Could not undo: the server did not respond. Try again when it is back.";
  if (undone !== null) return describeUndone(undone);
  return last
    ? `Something else changed since then: ${last}. Press Undo again to undo that.`
    : "Nothing to undo.";
}
