import type { Marks } from "./marks";

const glanceMs = 500;

/** A paper on its own page is seen; one of a list is when it is scrolled past, where the reader wants that. */
export function watchPassing({ pass }: Marks, byScrolling: () => boolean): void {
  const opened = document.querySelector<HTMLElement>("article:not(:has(h3))");
  // Not in a tab that was opened behind this one and never looked at.
  const open = () => opened && document.visibilityState === "visible" && pass(opened);
  open();
  document.addEventListener("visibilitychange", open, { once: true });

  // When each paper came in sight: one that flew by, or that the page opened below, was not read past.
  const inSight = new Map<Element, number>();
  const past = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting, boundingClientRect, time } of entries) {
      const came = inSight.get(target) ?? time;
      if (isIntersecting) inSight.set(target, came);
      else inSight.delete(target);
      const read = !isIntersecting && boundingClientRect.bottom <= 0 && time - came >= glanceMs;
      if (read && byScrolling() && target instanceof HTMLElement) pass(target);
    }
  });
  for (const paper of document.querySelectorAll("article:has(h3)")) past.observe(paper);

  // The last ones cannot leave by the top: they are read when the page has stood at its end for a moment.
  const isAtEnd = () => innerHeight + scrollY >= document.documentElement.scrollHeight - 2;
  let ending = 0;
  document.addEventListener("scroll", () => {
    clearTimeout(ending);
    ending = window.setTimeout(() => {
      if (!isAtEnd() || !byScrolling()) return;
      for (const paper of inSight.keys()) if (paper instanceof HTMLElement) pass(paper);
    }, glanceMs);
  });
}
