import { formatDone, formatNew, formatPapers, formatProgress, formatUnseen } from "@/lib/words/paper-counts";

/**
 * Updates how many papers of the page are seen or bookmarked from its buttons. They change before the server has saved,
 * and the server counts the library, which may have more papers by now.
 */
export function updateCounts(): void {
  const total = listButtons("seen").length;
  const unseen = countVisible("seen");
  show("progress", formatProgress(total - unseen, total));
  show("new", formatNew(unseen));
  show("done", formatDone(total - unseen, total, countVisible("drop")));
  const bookmarks = document.querySelector<HTMLElement>("[data-bookmarks]");
  if (bookmarks)
    bookmarks.textContent = formatPapers(Number(bookmarks.dataset.bookmarks) - countVisible("keep"));
  const queue = document.querySelector<HTMLElement>("[data-queue]");
  if (!queue) return;
  const left = Number(queue.dataset.queue) - (total - unseen);
  queue.dataset.left = String(left);
  queue.textContent = formatUnseen(left);
}

const listButtons = (name: string) => [...document.querySelectorAll(`article:has(h3) [name=${name}]`)];
const countVisible = (name: string) => listButtons(name).filter((one) => one.checkVisibility()).length;

/** Replaces the words of `/me.css`, which the server counted. */
function show(name: string, words: string): void {
  const element = document.querySelector<HTMLElement>(`[data-${name}]`);
  if (element) element.dataset.now = words;
}
