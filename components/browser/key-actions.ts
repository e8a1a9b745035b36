import { keymap } from "@/lib/words/keymap";
import type { ReadingState } from "@/lib/words/reading-states";
import { copyBibtex } from "./cite";
import type { Marks } from "./marks";
import { setting } from "./reader-sheet";
import { clearSelected, listSelected, markSelected, toggleSelected } from "./selected-papers";
import { findFirstInSight, findVisibleButton, listPapers, type Selection } from "./selection";

/** False if there was nothing to do, so that the key is left to the browser. */
export type Action = () => boolean;

export type Context = {
  marks: Marks;
  chosen: Selection;
  /** Says what a key did if the page does not show it. */
  announce: (words: string) => void;
  open: { help: () => void; palette: () => void };
  undo: () => void;
  share: (paper: HTMLElement) => void;
};

/** What each key of keymap.ts does, except `/`. */
export function listActions({ marks, chosen, announce, open, undo, share }: Context): Record<string, Action> {
  const { post, markSeenInPassing } = marks;
  const current = () => chosen.get() ?? document.querySelector<HTMLElement>("article:not(:has(h3))");

  const actions: Record<string, Action> = {
    j: () => step(1),
    k: () => step(-1),
    o: () => follow(current()?.querySelector("h3 a")) || sayNoneSelected(),
    v: openArxiv,
    y: () => {
      const paper = current();
      if (paper) share(paper);
      return paper !== null || sayNoneSelected();
    },
    c: cite,
    t: () => setState("toread"),
    i: () => setState("reading"),
    r: () => setState("read"),
    e: () => setState("archived"),
    s: () => mark(["keep", "drop"]),
    m: () => mark(["seen", "unseen"]),
    x: select,
    A: markAllSeen,
    "[": () => follow(findBeside("prev")) || sayEndOfList("This is the first paper."),
    "]": () => follow(findBeside("next")) || sayEndOfList("This is the last paper."),
    u: () => {
      undo();
      return true;
    },
    "?": () => {
      open.help();
      return true;
    },
  };
  for (const { keys, at } of keymap.flatMap((group) => group.keys)) {
    if (at === undefined) continue;
    actions[keys] = () => {
      location.assign(at);
      return true;
    };
  }
  return actions;

  function step(by: 1 | -1): boolean {
    const all = listPapers();
    if (all.length === 0) return actions[by === 1 ? "]" : "["]?.() ?? false;
    const from = chosen.get();
    const to = from ? all[all.indexOf(from) + by] : findFirstInSight(all);
    if (by === 1 && from && setting("markSeen") === "passed") markSeenInPassing(from);
    if (to) chosen.choose(to);
    else announce(by === 1 ? describeEnd() : "This is the first paper.");
    return true;
  }

  function mark(names: [on: string, off: string]): boolean {
    if (markSelected(names, post)) {
      announce("");
      return true;
    }
    const button = findVisibleButton(current(), names);
    button?.form?.requestSubmit(button);
    return button !== undefined || sayNoneSelected();
  }

  /** Of the selected papers, or of the current one. */
  function setState(state: ReadingState): boolean {
    const papers = chosenPapers();
    if (papers.length === 0) return sayNoneSelected();
    const fields = new URLSearchParams(papers.map((paper) => ["id", paper.id.slice("p-".length)]));
    fields.set("state", state);
    post("/bookmarks", fields); // the undo bar says it
    clearSelected();
    return true;
  }

  function chosenPapers(): HTMLElement[] {
    const selected = listSelected();
    return selected.length > 0 ? selected : [current()].flatMap((paper) => paper ?? []);
  }

  function cite(): boolean {
    const papers = chosenPapers();
    if (papers.length === 0) return sayNoneSelected();
    copyBibtex(papers).then(announce);
    return true;
  }

  function select(): boolean {
    const paper = current();
    if (!paper?.matches("article:has(h3)")) return sayNoneSelected();
    const count = toggleSelected(paper);
    announce(
      count === 0 ? "Nothing selected." : count === 1 ? "1 paper selected." : `${count} papers selected.`,
    );
    return true;
  }

  function markAllSeen(): boolean {
    const papers = listPapers();
    const unseen = papers.flatMap((paper) => findVisibleButton(paper, ["seen"])?.value ?? []);
    const left = document.querySelector<HTMLElement>("[data-left]")?.dataset.left ?? unseen.length;
    const form = document.querySelector<HTMLFormElement>("form[data-all]");
    if (papers.length === 0) return false;
    if (Number(left) === 0) announce("All papers here are already seen.");
    else if (form) form.requestSubmit(form.querySelector("button"));
    else post("/bookmarks", new URLSearchParams(unseen.map((id) => ["seen", id])));
    return true;
  }

  function openArxiv(): boolean {
    const id = current()?.id.slice("p-".length);
    if (!id) return sayNoneSelected();
    if (id.startsWith("t-")) announce("This paper has no arXiv link.");
    else window.open(`https://arxiv.org/abs/${id}`, "_blank", "noopener");
    return true;
  }

  /** Announces the message and returns true on a paper's page. Elsewhere returns false. */
  function sayEndOfList(words: string): boolean {
    const isPaper = document.querySelector("[data-neighbours]") !== null;
    if (isPaper) announce(words);
    return isPaper;
  }

  /** False if the page has no list. */
  function sayNoneSelected(): boolean {
    const isList = listPapers().length > 0;
    if (isList) announce("No paper selected. Press j to select one.");
    return isList;
  }
}

/** Deselects all papers, and removes the message that counted them. */
export function deselect(announce: Context["announce"]): void {
  if (clearSelected() > 0) announce("");
}

function describeEnd(): string {
  if (document.querySelector("[data-left='0']")) return "You’re all caught up.";
  return findBeside("next") ? "Last paper on this page. Press ] to continue." : "This is the last paper.";
}

/** Where `[` and `]` lead: to the previous or next page of a list if there is one, or else to the day or week. */
function findBeside(rel: "prev" | "next"): Element | null {
  const pages = document.querySelector(`#papers a[rel=${rel}]`);
  return pages ?? document.querySelector(`main a[rel=${rel}]:not([hidden])`);
}

function follow(link: Element | null | undefined): boolean {
  if (!(link instanceof HTMLElement)) return false;
  link.click();
  return true;
}
