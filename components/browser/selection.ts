import { findReturnTarget } from "./list-context";
import { storage } from "./tab-storage";

export type Selection = {
  /** The paper that keys act on. Null if none was selected, or it is out of sight. */
  get: () => HTMLElement | null;
  /** Moves the focus to a paper and scrolls it into view. */
  choose: (paper: HTMLElement) => void;
  /** Moves the focus to a paper, without scrolling. */
  focus: (paper: HTMLElement) => void;
  /** Restores focus to the selected paper if the browser lost it. */
  refocus: () => void;
};

export const listPapers = () => [...document.querySelectorAll<HTMLElement>("article:has(h3)")];

const byKeyKey = "broadsheet-by-key";

/**
 * Tracks the reader's current paper in a list: the last one that had the focus, or the one that the link to this page
 * named, as long as part of it is in sight. A reader who returns to the list by key gets the focus back there.
 */
export function watchSelection(): Selection {
  let last = findReturnTarget();
  document.addEventListener("focusin", ({ target }) => {
    last = (target instanceof Element && target.closest<HTMLElement>("article:has(h3)")) || last;
  });
  let byKey = storage()?.getItem(byKeyKey) === "true";
  document.addEventListener("click", ({ detail }) => {
    byKey = detail === 0; // a click by key reports detail 0
    storage()?.setItem(byKeyKey, String(byKey));
  });

  const get = () => (last?.isConnected && isInSight(last) ? last : null);
  const refocus = () => {
    const paper = get();
    const lost = document.activeElement === document.body || document.activeElement?.closest("[data-undo]");
    if (paper && lost) focusOn(paper);
  };
  // After the browser has restored the scroll position.
  const comeBack = () =>
    requestAnimationFrame(() => {
      if (last && location.hash !== `#${last.id}`) last.scrollIntoView({ block: "center" }); // that paper is gone, so show the one after it
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
    focus: focusOn,
    refocus,
  };
}

/** The first paper whose title is in sight. If a long abstract fills the window, the paper it belongs to. */
export function findFirstInSight(papers: HTMLElement[]): HTMLElement | undefined {
  const topOf = (paper: HTMLElement) => paper.querySelector("h3")?.getBoundingClientRect().top ?? 0;
  const below = papers.findIndex((paper) => topOf(paper) >= 0);
  const next = papers[below];
  if (next && (topOf(next) < innerHeight || below === 0)) return next;
  return papers[below - 1] ?? papers.at(-1);
}

/** The visible one of a paper's two buttons. */
export function findVisibleButton(paper: HTMLElement | null, names: string[]): HTMLButtonElement | undefined {
  const buttons = names.map((name) => paper?.querySelector<HTMLButtonElement>(`[name=${name}]`));
  return buttons.find((one) => one?.checkVisibility()) ?? undefined;
}

function isInSight(paper: HTMLElement): boolean {
  const { top, bottom } = paper.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
}

function focusOn(paper: HTMLElement): void {
  paper.querySelector<HTMLElement>("h3 a")?.focus({ preventScroll: true });
}
