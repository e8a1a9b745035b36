import { keymap } from "@/lib/words/keymap";

const shortcuts = keymap.flatMap((group) => group.keys);

/** The dialogs that keys open: the keyboard shortcuts and the command palette. */
export function openDialogs(press: (keys: string) => boolean): { help: () => void; palette: () => void } {
  let dialog: HTMLDialogElement | undefined;
  const close = () => {
    dialog?.close(); // returns the focus
    // If nothing had it before, a hidden input would keep it until the next frame, and swallow keys.
    const focused = document.activeElement;
    if (focused instanceof HTMLElement && dialog?.contains(focused)) focused.blur();
  };
  const show = (label: string, ...content: Node[]) => {
    close();
    dialog?.remove();
    dialog = make(
      "dialog",
      "mx-auto mt-[10vh] mb-auto max-h-[80dvh] w-[min(34rem,calc(100vw-2rem))] rounded-lg border border-edge bg-page p-5 text-ink",
    );
    dialog.setAttribute("aria-label", label);
    dialog.append(...content);
    // The browser closes a dialog some time after Escape was pressed. The next key could arrive before that, and the ones
    // after it would act on the page.
    dialog.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.isComposing) return;
      event.preventDefault();
      close();
    });
    // A click outside closes the dialog, like Escape.
    dialog.addEventListener("click", (event) => event.target === dialog && dialog?.close());
    document.body.append(dialog);
    dialog.showModal();
    return dialog;
  };

  const help = () => {
    const list = make("dl", "grid grid-cols-[auto_1fr] gap-x-5 gap-y-1");
    for (const { keys, does } of shortcuts) {
      list.append(make("dt", "font-mono text-soft", keys), make("dd", "", does));
    }
    const close = make("button", "rounded-md border border-edge px-3 py-1.5 hover:border-ink", "Close");
    close.addEventListener("click", () => dialog?.close());
    const more = make("a", "underline decoration-edge underline-offset-3", "Help");
    more.href = "/help";
    const foot = make("p", "mt-4 flex items-center justify-between");
    foot.append(close, more);
    const title = make("h2", "mb-3 font-display text-3xl outline-none", "Keyboard shortcuts");
    title.tabIndex = -1;
    title.autofocus = true; // otherwise a small window would start scrolled to the button at the end
    show("Keyboard shortcuts", title, list, foot);
  };

  const palette = () => {
    const input = make("input", "w-full rounded-md border border-edge bg-raised px-3 py-2 text-ink");
    const list = make("ul", "mt-2 max-h-[50vh] overflow-y-auto");
    const shape = {
      role: "combobox",
      "aria-label": "Command",
      "aria-expanded": "true",
      "aria-controls": "found",
    };
    for (const [name, value] of Object.entries(shape)) input.setAttribute(name, value);
    input.autocomplete = "off";
    input.placeholder = "Search papers, pages, commands";
    list.id = "found";
    list.role = "listbox";
    list.ariaLabel = "Suggestions";
    let found: Command[] = [];
    let at = 0;
    const choose = (to: number) => {
      at = to;
      for (const [index, item] of [...list.children].entries()) {
        item.ariaSelected = String(index === at);
        if (index === at) item.scrollIntoView({ block: "nearest" });
      }
      input.setAttribute("aria-activedescendant", `found-${at}`);
    };
    const find = () => {
      found = listCommands(input.value.trim());
      list.replaceChildren(
        ...found.map(({ name, keys }, index) => {
          const item = make(
            "li",
            "flex cursor-pointer justify-between gap-4 rounded-sm px-3 py-1.5 -outline-offset-2 outline-transparent aria-selected:outline-2 aria-selected:bg-raised aria-selected:text-ink",
            name,
          );
          item.id = `found-${index}`;
          item.role = "option";
          if (keys) item.append(make("span", "font-mono text-faint", keys));
          item.addEventListener("click", () => run(index));
          return item;
        }),
      );
      choose(0);
    };
    const run = (index: number) => {
      const command = found[index];
      close(); // the focus returns to the paper that the command is for
      if (command?.at) location.assign(command.at);
      else if (command?.keys) press(command.keys);
    };
    input.addEventListener("input", find);
    input.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "Enter") run(at);
      else if (event.key === "ArrowDown") choose((at + 1) % found.length);
      else if (event.key === "ArrowUp") choose((at + found.length - 1) % found.length);
      else return;
      event.preventDefault();
    });
    show("Command palette", input, list);
    find();
    input.focus();
  };
  return { help, palette };
}

type Command = { name: string; keys?: string; at?: string };

/** Palette suggestions for a text: matching commands, a day, or a search. */
function listCommands(typed: string): Command[] {
  const words = typed.toLowerCase().split(/\s+/);
  const matches = shortcuts
    .filter(({ keys }) => keys !== "Ctrl-K")
    .map(({ does, keys, at }): Command => ({ name: does, keys, ...(at ? { at } : {}) }))
    .filter(({ name }) => {
      const parts = name.toLowerCase().split(/[^\p{L}\p{N}]+/u);
      return words.every((word) => parts.some((part) => part.startsWith(word)));
    });
  if (typed === "") return matches;
  const days = /^\d{4}-\d\d-\d\d$/.test(typed)
    ? [{ name: `Edition of ${typed}`, at: `/papers/date/${typed}` }]
    : [];
  return [...days, ...matches, { name: `Search for ${typed}`, at: `/papers?q=${encodeURIComponent(typed)}` }];
}

function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className: string,
  text = "",
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  element.className = className;
  element.textContent = text;
  return element;
}
