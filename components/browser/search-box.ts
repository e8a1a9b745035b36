import type { Selection } from "./selection";

export type SearchBox = {
  /** Moves the focus to the search box. False if the page has none. */
  open: () => boolean;
  /** Goes back from the search box to where the reader was. False if the focus is elsewhere. */
  leave: () => boolean;
};

/** Remembers where the reader was when the search box got the focus, by key or by mouse. */
export function watchSearch(chosen: Selection): SearchBox {
  const box = document.getElementById("search");
  if (!(box instanceof HTMLInputElement)) return { open: () => false, leave: () => false };
  const findPlace = () => ({ y: scrollY, paper: chosen.get() });
  // Taken before the focus scrolls the page. Null once the reader has left.
  let place: ReturnType<typeof findPlace> | null = null;
  const remember = () => {
    place ??= findPlace();
  };
  box.addEventListener("pointerdown", remember);
  box.addEventListener("focus", remember);
  box.addEventListener("blur", () => {
    place = null;
  });
  // The browser's Back leads to where the page was scrolled when it was left.
  box.form?.addEventListener("submit", () => {
    if (place) scrollTo(0, place.y);
  });
  return {
    open: () => {
      remember();
      box.focus();
      box.select();
      return true;
    },
    // One press, also if something was typed: what was not sent is given up, as in Gmail.
    leave: () => {
      if (document.activeElement !== box) return false;
      const { y, paper } = place ?? findPlace();
      box.value = box.defaultValue;
      box.blur();
      if (paper) chosen.focus(paper);
      scrollTo(0, y);
      return true;
    },
  };
}
