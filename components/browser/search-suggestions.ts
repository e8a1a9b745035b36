import { makeElement } from "./make-element";
import { clearPast, findPast, rememberSearch } from "./past-searches";
import { fetchSuggestions, type Item } from "./suggestions";

// Long enough that a word typed at once is one request.
const pauseMs = 80;
const minLetters = 2;

/**
 * Suggestions below the search box while somebody types: past searches of this browser, tags, authors, organizations and papers.
 * An editable combobox with a list (ARIA Authoring Practices): the arrow keys choose, Enter opens, Escape leaves the box as
 * before. Without a choice, Enter searches for the text, as it does without this script.
 */
export function watchSuggestions(): void {
  const box = document.getElementById("search");
  if (!(box instanceof HTMLInputElement)) return;
  const list = makeElement(
    "ul",
    "absolute top-full right-0 z-10 mt-1 max-h-[70dvh] max-sm:inset-x-2 sm:w-104 overflow-y-auto rounded-md border border-edge bg-page p-1 text-ink shadow-md",
  );
  list.id = "suggested";
  list.role = "listbox";
  list.ariaLabel = "Suggestions";
  list.hidden = true;
  const status = makeElement("span", "sr-only");
  status.role = "status";
  box.after(list, status);
  box.role = "combobox";
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", list.id);
  box.ariaExpanded = "false";

  let items: Item[] = [];
  let at = -1; // of the chosen one
  let controller = new AbortController();

  const choose = (to: number) => {
    at = to;
    for (const [index, option] of [...list.children].entries()) {
      option.ariaSelected = String(index === at);
      if (index === at) option.scrollIntoView({ block: "nearest" });
    }
    if (at < 0) box.removeAttribute("aria-activedescendant");
    else box.setAttribute("aria-activedescendant", `suggested-${at}`);
  };
  const hide = () => {
    controller.abort();
    list.hidden = true;
    box.ariaExpanded = "false";
    status.textContent = "";
    choose(-1);
  };
  const open = (item: Item | undefined) => {
    if (!item) return;
    if (item.at) location.assign(item.at);
    else {
      clearPast();
      hide();
    }
  };
  const show = (found: Item[]) => {
    items = found;
    list.replaceChildren(...found.map((item, index) => toOption(item, index, () => open(item))));
    list.hidden = found.length === 0;
    box.ariaExpanded = String(found.length > 0);
    status.textContent =
      found.length === 0 ? "" : `${found.length} ${found.length === 1 ? "suggestion" : "suggestions"}`;
    choose(-1);
  };

  const suggest = async () => {
    const typed = box.value.trim();
    controller.abort();
    controller = new AbortController();
    const { signal } = controller;
    const past = findPast(typed);
    if (typed.length < minLetters) return show(typed === "" ? [] : past);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    if (signal.aborted) return;
    const [, before = "", name = "", value = typed] =
      /^(.*?)(?:(-?(?:author|tag|org):|-?#)"?)([^"\s]*)$/i.exec(typed) ?? [];
    const { papers, authors, tags, organizations } = await fetchSuggestions(value, signal);
    if (signal.aborted || document.activeElement !== box) return;
    if (name === "") return show([...past, ...tags, ...authors, ...organizations, ...papers]);
    // Names of that kind, in the place of what was typed of one.
    const named = { a: authors, o: organizations }[name.replace("-", "").charAt(0).toLowerCase()] ?? tags;
    show(
      named.map((item) => ({
        ...item,
        at: withText(item.at, `${before}${name.startsWith("-") ? "-" : ""}`),
      })),
    );
  };

  box.addEventListener("input", suggest);
  box.addEventListener("blur", hide);
  // A click must not take the focus, and the list with it, before it counts.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter" && at >= 0) {
      event.preventDefault();
      return open(items[at]);
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    if (list.hidden) {
      const past = findPast(box.value.trim());
      show(past.length > 0 && box.value.trim() === "" ? [...past, forget] : past);
    }
    if (items.length === 0) return;
    event.preventDefault();
    // From the last one back to the text, and on to the first.
    const places = items.length + 1;
    choose(((at + 1 + step + places) % places) - 1);
  });
  box.form?.addEventListener("submit", () => rememberSearch(box.value));
}

/** The address of a search, with a text before its own. */
function withText(at: string | undefined, before: string): string {
  const own = new URLSearchParams(at?.split("?")[1]).get("q") ?? "";
  return `/papers?${new URLSearchParams({ q: before + own })}`;
}

const forget: Item = { name: "Forget past searches", kind: "" };

function toOption({ name, kind }: Item, index: number, onClick: () => void): HTMLElement {
  const option = makeElement(
    "li",
    "flex min-h-9 cursor-pointer items-baseline justify-between gap-4 rounded-sm px-3 py-1.5 -outline-offset-2 outline-transparent hover:bg-raised aria-selected:bg-raised aria-selected:outline-2",
  );
  option.id = `suggested-${index}`;
  option.role = "option";
  option.append(
    makeElement("span", "min-w-0 line-clamp-2 wrap-anywhere", name),
    makeElement("span", "shrink-0 text-faint text-xs", kind),
  );
  option.addEventListener("click", onClick);
  return option;
}
