import type { Marks } from "./marks";

/** A paper on its own page is seen; one of a list is when it is scrolled past, where the reader wants that. */
export function watchPassing({ pass }: Marks, byScrolling: () => boolean): void {
  const opened = document.querySelector<HTMLElement>("article:not(:has(h3))");
  // Not in a tab that was opened behind this one and never looked at.
  const open = () => opened && document.visibilityState === "visible" && pass(opened);
  open();
  document.addEventListener("visibilitychange", open, { once: true });

  const past = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting, boundingClientRect } of entries) {
      const above = !isIntersecting && boundingClientRect.bottom <= 0;
      if (above && byScrolling() && target instanceof HTMLElement) pass(target);
    }
  });
  for (const paper of document.querySelectorAll("article:has(h3)")) past.observe(paper);
}
