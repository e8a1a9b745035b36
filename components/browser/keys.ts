import { keymap } from "@/lib/words/keymap";
import { isPaletteKey, isTypedInto, isWithModifier } from "./key-rules";
import type { Marks } from "./marks";
import { setting } from "./reader-sheet";
import { findFirstInSight, listPapers, type Selection } from "./selection";

const patienceMs = 1000;

/**
 * Handles the keys of keymap.ts. They do nothing while the reader types, composes, or holds Ctrl, Alt or Meta. A key
 * without a meaning here is left to the browser, even after a `g`. `tell` says what a key did if the page does not show
 * it.
 */
export function watchKeys(
  { post, markPassed }: Marks,
  chosen: Selection,
  tell: (words: string) => void,
  open: { help: () => void; palette: () => void },
  undo: () => void,
): { press: (keys: string) => boolean } {
  const act: Record<string, () => boolean> = {
    j: () => step(1),
    k: () => step(-1),
    o: () => follow(current()?.querySelector("h3 a")) || sayNone(),
    v: () => openArxiv(),
    s: () => mark(["keep", "drop"]),
    m: () => mark(["seen", "unseen"]),
    x: select,
    "[": () => follow(findBeside("prev")) || sayEndOfList("This is the first paper."),
    "]": () => follow(findBeside("next")) || sayEndOfList("This is the last paper."),
    "/": () => {
      const search = document.getElementById("search");
      beforeSearch = chosen.get();
      search?.focus();
      if (search instanceof HTMLInputElement) search.select();
      return search !== null;
    },
    u: () => {
      undo();
      return true;
    },
    "?": () => {
      open.help();
      return true;
    },
  };
  act.A = () => {
    const unseen = listPapers().flatMap((paper) => visible(paper, ["seen"])?.value ?? []);
    const left = document.querySelector<HTMLElement>("[data-left]")?.dataset.left ?? unseen.length;
    const form = document.querySelector<HTMLFormElement>("form[data-all]");
    if (listPapers().length === 0) return false;
    if (Number(left) === 0) tell("All papers here are already seen.");
    else if (form) form.requestSubmit(form.querySelector("button"));
    else post("/bookmarks", new URLSearchParams(unseen.map((id) => ["seen", id])));
    return true;
  };
  for (const { keys, at } of keymap.flatMap((group) => group.keys)) {
    if (at !== undefined) {
      act[keys] = () => {
        location.assign(at);
        return true;
      };
    }
  }
  const firsts = new Set(Object.keys(act).flatMap((keys) => (keys.includes(" ") ? keys.split(" ")[0] : [])));

  let beforeSearch: HTMLElement | null = null;
  let before = "";
  let waiting = 0;
  const press = (keys: string) => act[keys]?.() ?? false;
  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (event.isComposing) return;
    if (isPaletteKey(event)) {
      event.preventDefault();
      return open.palette();
    }
    if (isWithModifier(event) || event.defaultPrevented) return;
    if (event.repeat && key !== "j" && key !== "k") return; // a held key must not repeat an undo
    // Escape leaves a search box in which nothing was typed.
    const search = document.activeElement;
    if (key === "Escape" && search instanceof HTMLInputElement && search.id === "search") {
      if (search.value !== "" && search.value !== search.defaultValue) return;
      event.preventDefault();
      search.blur();
      if (beforeSearch) chosen.choose(beforeSearch);
      return;
    }
    if (setting("keys") !== "on" || isTypedInto(target) || document.querySelector("dialog[open]")) return;
    if (key === "Escape") return void clearSelection();
    clearTimeout(waiting);
    const sequence = before && `${before} ${key}`;
    before = "";
    if (press(sequence && sequence in act ? sequence : key)) event.preventDefault();
    else if (firsts.has(key)) {
      before = key;
      waiting = window.setTimeout(() => {
        before = "";
      }, patienceMs);
    }
  });

  const selected = () => listPapers().filter((paper) => "selected" in paper.dataset);
  const current = () => chosen.get() ?? document.querySelector<HTMLElement>("article:not(:has(h3))");

  function step(by: 1 | -1): boolean {
    const all = listPapers();
    if (all.length === 0) return press(by === 1 ? "]" : "[");
    const from = chosen.get();
    const to = from ? all[all.indexOf(from) + by] : findFirstInSight(all);
    if (by === 1 && from && setting("passing") !== "nothing") markPassed(from); // moving on from a paper marks it as seen
    if (!to) {
      tell(by === 1 ? sayEnd() : "This is the first paper.");
      return true;
    }
    chosen.choose(to);
    return true;
  }

  /** On a paper's page, says it and returns true; elsewhere returns false. */
  const sayEndOfList = (words: string) => {
    const isPaper = document.querySelector("[data-neighbours]") !== null;
    if (isPaper) tell(words);
    return isPaper;
  };
  /** False if the page has no list. */
  const sayNone = () => {
    const isList = listPapers().length > 0;
    if (isList) tell("No paper selected. Press j to select one.");
    return isList;
  };
  const sayEnd = () => {
    if (document.querySelector("[data-left='0']")) return "You're all caught up.";
    return findBeside("next") ? "Last paper on this page. Press ] to continue." : "This is the last paper.";
  };

  function mark(names: [on: string, off: string]): boolean {
    const all = selected();
    if (all.length === 0) {
      const button = visible(current(), names);
      button?.form?.requestSubmit(button);
      return button !== undefined || sayNone();
    }
    // One change for all selected papers, so that one undo reverts it: set the mark if any of them lacks it.
    const [on, off] = names;
    const buttons = all.flatMap((paper) => paper.querySelector<HTMLButtonElement>(`[name=${on}]`) ?? []);
    // A paper that was new when selected may be seen only because the reader moved on. `m` must not turn that back to
    // new.
    const missing =
      buttons.some((button) => button.checkVisibility()) ||
      (on === "seen" && all.some((paper) => paper.dataset.selected === "new"));
    const fields = new URLSearchParams(buttons.map((button) => [missing ? on : off, button.value]));
    // Clear the selection now: what is selected while the server answers is not part of this change.
    const states = all.map((paper) => [paper, paper.dataset.selected] as const);
    clearSelection();
    post("/bookmarks", fields).then((done) => {
      if (done) return;
      for (const [paper, state] of states) paper.dataset.selected = state;
    });
    return true;
  }

  function select(): boolean {
    const paper = current();
    if (!paper?.matches("article:has(h3)")) return sayNone();
    if ("selected" in paper.dataset) delete paper.dataset.selected;
    else paper.dataset.selected = visible(paper, ["seen"]) ? "new" : "";
    const count = selected().length;
    tell(count === 0 ? "Nothing selected." : count === 1 ? "1 paper selected." : `${count} papers selected.`);
    return true;
  }

  function clearSelection(): void {
    const all = selected();
    if (all.length > 0) tell(""); // removes the number of selected papers
    for (const paper of all) paper.removeAttribute("data-selected");
  }

  function openArxiv(): boolean {
    const id = current()?.id.slice("p-".length);
    if (!id) return sayNone();
    if (id.startsWith("t-")) {
      tell("This paper has no arXiv link.");
      return true;
    }
    window.open(`https://arxiv.org/abs/${id}`, "_blank", "noopener");
    return true;
  }

  return { press };
}

/** Where `[` and `]` lead: to the previous or next page of a list if there is one, or else to the day or week. */
function findBeside(rel: "prev" | "next"): Element | null {
  const pages = document.querySelector(`#papers a[rel=${rel}]`);
  return pages ?? document.querySelector(`main a[rel=${rel}]:not([hidden])`);
}

/** The visible one of a paper's two buttons. */
function visible(paper: HTMLElement | null, names: string[]): HTMLButtonElement | undefined {
  const buttons = names.map((name) => paper?.querySelector<HTMLButtonElement>(`[name=${name}]`));
  return buttons.find((one) => one?.checkVisibility()) ?? undefined;
}

function follow(link: Element | null | undefined): boolean {
  if (!(link instanceof HTMLElement)) return false;
  link.click();
  return true;
}
