import { formatNewOf, formatPapers, formatUnseen } from "@/lib/words/paper-counts";

/**
 * Updates how many papers of the page are new or bookmarked from its buttons. They change before the server has saved,
 * and the server counts the library, which may have more papers by now.
 */
export function updateCounts(): void {
  const dots = [...document.querySelectorAll("article:has(h3) [name=seen]")];
  const unseen = dots.filter((dot) => dot.checkVisibility()).length;
  const edition = document.querySelector<HTMLElement>("[data-new]");
  if (edition) edition.dataset.now = formatNewOf(unseen, dots.length);
  const kept = document.querySelector<HTMLElement>("[data-kept]");
  if (kept) {
    const dropped = [...document.querySelectorAll("article [name=keep]")].filter((one) =>
      one.checkVisibility(),
    );
    kept.textContent = formatPapers(Number(kept.dataset.kept) - dropped.length);
  }
  const queue = document.querySelector<HTMLElement>("[data-unseen]");
  if (!queue) return;
  const left = Number(queue.dataset.unseen) - (dots.length - unseen);
  queue.dataset.left = String(left);
  queue.textContent = formatUnseen(left);
}
