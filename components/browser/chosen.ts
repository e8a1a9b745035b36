import { findPlace } from "./came-from";
import { storage } from "./tab-storage";

export type Chosen = {
  /** The paper of a list that keys are for; null where the reader has chosen none that is in sight. */
  get: () => HTMLElement | null;
  /** The focus on it, and it in sight. */
  choose: (paper: HTMLElement) => void;
  /** The focus on the one that was chosen, where it has fallen to the page. */
  refocus: () => void;
};

export const listPapers = () => [...document.querySelectorAll<HTMLElement>("article:has(h3)")];

const byKeyKey = "broadsheet-by-key";

/**
 * Which paper of a list a reader is at: the one that has the focus, or had it last, or that the link here led to, while any
 * of it is in sight. Who comes back to it by key has the focus there again.
 */
export function watchChosen(): Chosen {
  let last = findPlace();
  document.addEventListener("focusin", ({ target }) => {
    last = (target instanceof Element && target.closest<HTMLElement>("article:has(h3)")) || last;
  });
  let byKey = storage()?.getItem(byKeyKey) === "true";
  document.addEventListener("click", ({ detail }) => {
    byKey = detail === 0; // a key's click has no place
    storage()?.setItem(byKeyKey, String(byKey));
  });

  const get = () => (last?.isConnected && isInSight(last) ? last : null);
  const refocus = () => {
    const paper = get();
    const lost = document.activeElement === document.body || document.activeElement?.closest("[data-undo]");
    if (paper && lost) focusOn(paper);
  };
  // Once the page stands where it was.
  const comeBack = () =>
    requestAnimationFrame(() => {
      if (last && location.hash !== `#${last.id}`) last.scrollIntoView({ block: "center" }); // it has gone, this follows
      if (byKey) refocus();
    });
  addEventListener("load", () => last && comeBack());
  addEventListener("pageshow", ({ persisted }) => persisted && byKey && refocus());
  return {
    get,
    choose: (paper) => {
      focusOn(paper);
      paper.scrollIntoView({ block: "center" });
    },
    refocus,
  };
}

/** The first whose title is in sight; where a long abstract fills the window, the paper that it is of. */
export function findFirstInSight(papers: HTMLElement[]): HTMLElement | undefined {
  const topOf = (paper: HTMLElement) => paper.querySelector("h3")?.getBoundingClientRect().top ?? 0;
  const below = papers.findIndex((paper) => topOf(paper) >= 0);
  const next = papers[below];
  if (next && (topOf(next) < innerHeight || below === 0)) return next;
  return papers[below - 1] ?? papers.at(-1);
}

function isInSight(paper: HTMLElement): boolean {
  const { top, bottom } = paper.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
}

function focusOn(paper: HTMLElement): void {
  paper.querySelector<HTMLElement>("h3 a")?.focus({ preventScroll: true });
}
