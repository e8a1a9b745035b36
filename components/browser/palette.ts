import type { Dialog } from "./dialog";
import { makeElement } from "./make-element";
import { fetchSuggestions, type Item, listItems, noSuggestions } from "./suggestions";

// Long enough that a word typed at once is one request.
const pauseMs = 60;
// Enter waits this long for suggestions that are on their way.
const patienceMs = 500;

/**
 * Shows the command palette. Suggestions of the server arrive after the commands. Until the reader highlights a line, the best
 * one is highlighted; after that, late suggestions only appear below it.
 */
export function showPalette({ show, close }: Dialog, press: (keys: string) => boolean): void {
  const input = makeElement("input", "w-full rounded-md border border-edge bg-raised px-3 py-2 text-ink");
  const list = makeElement("ul", "mt-2 max-h-[50vh] overflow-y-auto");
  const shape = {
    role: "combobox",
    "aria-label": "Command",
    "aria-expanded": "true",
    "aria-controls": "found",
  };
  for (const [name, value] of Object.entries(shape)) input.setAttribute(name, value);
  input.autocomplete = "off";
  input.placeholder = "Search papers, authors, tags, dates, commands";
  list.id = "found";
  list.role = "listbox";
  list.ariaLabel = "Suggestions";

  let items: Item[] = [];
  let at = 0;
  let isChosen = false; // by the reader, with an arrow key
  let suggestions = noSuggestions;
  let arriving: Promise<unknown> | null = null;

  const highlight = (to: number) => {
    at = to;
    for (const [index, item] of [...list.children].entries()) {
      item.ariaSelected = String(index === at);
      if (index === at) item.scrollIntoView({ block: "nearest" });
    }
    input.setAttribute("aria-activedescendant", `found-${at}`);
  };
  const draw = () => {
    const isSame = (a: Item) => (b: Item) => a.kind === b.kind && a.name === b.name;
    const kept = isChosen ? items.slice(0, at + 1) : [];
    const fresh = listItems(input.value.trim(), suggestions);
    items = [...kept, ...fresh.filter((item) => !kept.some(isSame(item)))];
    list.replaceChildren(
      ...items.map(({ name, kind, keys }, index) => {
        const line = makeElement(
          "li",
          "flex cursor-pointer items-baseline justify-between gap-4 rounded-sm px-3 py-1.5 -outline-offset-2 outline-transparent aria-selected:outline-2 aria-selected:bg-raised aria-selected:text-ink",
        );
        line.id = `found-${index}`;
        line.role = "option";
        line.append(
          makeElement("span", "min-w-0 wrap-anywhere", name),
          makeElement("span", `text-faint ${keys ? "font-mono" : "text-xs"}`, kind),
        );
        line.addEventListener("click", () => run(index));
        return line;
      }),
    );
    highlight(isChosen ? at : 0);
  };
  const run = (index: number) => {
    const item = items[index];
    close(); // the focus returns to the paper that a command is for
    if (item?.at) location.assign(item.at);
    else if (item?.keys) press(item.keys);
  };

  const suggest = async (typed: string) => {
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    if (typed !== input.value.trim() || !input.isConnected) return;
    const found = await fetchSuggestions(typed);
    if (typed !== input.value.trim()) return; // late: the reader has typed on
    suggestions = found;
    arriving = null;
    draw();
  };
  const runBest = async () => {
    // A command is known at once. What else is best, the server may know.
    if (arriving && !isChosen && !items[0]?.keys)
      await Promise.race([arriving, new Promise((resolve) => setTimeout(resolve, patienceMs))]);
    if (input.closest("dialog")?.open) run(at);
  };
  input.addEventListener("input", () => {
    const typed = input.value.trim();
    isChosen = false;
    // Those for the text before stay until others arrive, so that the list does not flicker.
    if (typed === "") suggestions = noSuggestions;
    arriving = typed === "" ? null : suggest(typed);
    draw();
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      isChosen = true;
      highlight((at + step + items.length) % items.length);
    } else if (event.key === "Enter") runBest();
    else return;
    event.preventDefault();
  });
  show("Command palette", input, list);
  draw();
  input.focus();
}
