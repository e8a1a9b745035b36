import { findVisibleButton } from "./selection";

// Far enough not to be a crooked scroll or a tap.
const startsAt = 12;
const actsAt = 72;
const maxShift = 112;

type Swipe = { paper: HTMLElement; x: number; y: number; shift: number | null };

/**
 * On a touch screen, a swipe to the right bookmarks a paper of a list, and one to the left marks it as seen, like the
 * buttons beside it. On a paper's page, swipes lead to the next and the previous paper. The browser keeps vertical
 * scrolling, pinching, and everything that starts at the edge of the screen, where it has gestures of its own.
 */
export function watchSwipes(): void {
  let swipe: Swipe | null = null;
  const end = () => {
    if (swipe) show(swipe.paper, 0);
    swipe = null;
  };
  document.addEventListener(
    "touchstart",
    ({ touches, target }) => {
      end();
      const [touch, other] = [...touches];
      const paper = target instanceof Element ? target.closest<HTMLElement>("article") : null;
      if (!touch || other || !paper || (target instanceof Element && isScrolledSideways(target))) return;
      if (touch.clientX < 24 || touch.clientX > innerWidth - 24) return;
      swipe = { paper, x: touch.clientX, y: touch.clientY, shift: null };
    },
    { passive: true },
  );
  document.addEventListener(
    "touchmove",
    (event) => {
      const [touch] = [...event.touches];
      if (!swipe || !touch) return;
      const [x, y] = [touch.clientX - swipe.x, touch.clientY - swipe.y];
      if (swipe.shift === null) {
        if (Math.abs(y) > startsAt) swipe = null; // the reader scrolls
        if (!swipe || Math.abs(x) < startsAt || Math.abs(x) < 2 * Math.abs(y)) return;
      }
      event.preventDefault();
      swipe.shift = Math.max(-maxShift, Math.min(maxShift, x));
      if (swipe.paper.matches(":has(h3)")) show(swipe.paper, swipe.shift);
    },
    { passive: false },
  );
  document.addEventListener("touchend", () => {
    const { paper, shift } = swipe ?? {};
    end();
    if (!paper || !shift || Math.abs(shift) < actsAt) return;
    if (paper.matches(":has(h3)")) {
      const button = findVisibleButton(paper, shift > 0 ? ["keep", "drop"] : ["seen", "unseen"]);
      button?.form?.requestSubmit(button);
    } else
      document
        .querySelector<HTMLElement>(`[data-neighbours] a[rel=${shift > 0 ? "prev" : "next"}]:not([hidden])`)
        ?.click();
  });
  document.addEventListener("touchcancel", end);
}

/** Moves a paper under the finger. What the swipe will do is shown beside it (app/globals.css). */
function show(paper: HTMLElement, shift: number): void {
  const button = findVisibleButton(paper, shift > 0 ? ["keep", "drop"] : ["seen", "unseen"]);
  paper.style.translate = shift === 0 ? "" : `${shift}px`;
  if (shift === 0) delete paper.dataset.swipe;
  else paper.dataset.swipe = button?.title ?? "";
  paper.toggleAttribute("data-swipe-acts", Math.abs(shift) >= actsAt);
  paper.toggleAttribute("data-swipe-left", shift < 0);
}

/** A wide formula or a text field has a sideways drag of its own. */
function isScrolledSideways(target: Element): boolean {
  for (let one: Element | null = target; one && one !== document.body; one = one.parentElement)
    if (one.scrollWidth > one.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(one).overflowX))
      return true;
  return target.matches("input, select, textarea");
}
