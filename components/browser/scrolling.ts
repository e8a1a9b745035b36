import type { Marks } from "./marks";

const glanceMs = 500;

/** Marks a paper as seen when its page is open, and, if the reader chose so, when it is scrolled past in a list. */
export function watchScrolling({ markSeenInPassing }: Marks, byScrolling: () => boolean): void {
  const opened = document.querySelector<HTMLElement>("article:not(:has(h3))");
  // Not in a background tab that was never looked at.
  const open = () => opened && document.visibilityState === "visible" && markSeenInPassing(opened);
  open();
  document.addEventListener("visibilitychange", open, { once: true });

  // When each paper came into view. A paper that was visible only briefly, or was above the start position, does not
  // count.
  const inSight = new Map<Element, number>();
  const past = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting, boundingClientRect, time } of entries) {
      const since = inSight.get(target) ?? time;
      if (isIntersecting) inSight.set(target, since);
      else inSight.delete(target);
      const isPassed = !isIntersecting && boundingClientRect.bottom <= 0 && time - since >= glanceMs;
      if (isPassed && byScrolling() && target instanceof HTMLElement) markSeenInPassing(target);
    }
  });
  for (const paper of document.querySelectorAll("article:has(h3)")) past.observe(paper);

  // The last papers cannot scroll out at the top. They count once the page has stayed at its end for a moment.
  const isAtEnd = () => innerHeight + scrollY >= document.documentElement.scrollHeight - 2;
  let restTimer = 0;
  document.addEventListener("scroll", () => {
    clearTimeout(restTimer);
    restTimer = window.setTimeout(() => {
      if (!isAtEnd() || !byScrolling()) return;
      for (const paper of inSight.keys()) if (paper instanceof HTMLElement) markSeenInPassing(paper);
    }, glanceMs);
  });
}
