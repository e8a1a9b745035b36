import { formatNewOf, formatPapers, formatUnseen } from "@/lib/words/paper-counts";

/**
 * Updates how many papers of the page are new or bookmarked from its buttons. They change before the server has saved,
 * and the server counts the library, which may have more papers by now.
 */
export function updateCounts(): void {
  const buttons = [...document.querySelectorAll("article:has(h3) [name=seen]")];
  const unseen = buttons.filter((one) => one.checkVisibility()).length;
  const edition = document.querySelector<HTMLElement>("[data-new]");
  if (edition) edition.dataset.now = formatNewOf(unseen, buttons.length);
  const bookmarks = document.querySelector<HTMLElement>("[data-bookmarks]");
  if (bookmarks) {
    const removed = [...document.querySelectorAll("article [name=keep]")].filter((one) =>
      one.checkVisibility(),
    );
    bookmarks.textContent = formatPapers(Number(bookmarks.dataset.bookmarks) - removed.length);
  }
  const queue = document.querySelector<HTMLElement>("[data-unseen]");
  if (!queue) return;
  const left = Number(queue.dataset.unseen) - (buttons.length - unseen);
  queue.dataset.left = String(left);
  queue.textContent = formatUnseen(left);
}
