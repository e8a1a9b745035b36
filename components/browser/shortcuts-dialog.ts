import { keymap } from "@/lib/words/keymap";
import type { Dialog } from "./dialog";
import { makeElement } from "./make-element";

/** Shows the keyboard shortcuts. */
export function showShortcuts({ show, close }: Dialog): void {
  const list = makeElement("dl", "grid grid-cols-[auto_1fr] gap-x-5 gap-y-1");
  for (const { keys, does } of keymap.flatMap((group) => group.keys)) {
    list.append(makeElement("dt", "font-mono text-soft", keys), makeElement("dd", "", does));
  }
  const button = makeElement("button", "rounded-md border border-edge px-3 py-1.5 hover:border-ink", "Close");
  button.addEventListener("click", close);
  const more = makeElement("a", "underline decoration-edge underline-offset-3", "Help");
  more.href = "/help";
  const foot = makeElement("p", "mt-4 flex items-center justify-between");
  foot.append(button, more);
  const title = makeElement("h2", "mb-3 font-display text-3xl outline-none", "Keyboard shortcuts");
  title.tabIndex = -1;
  title.autofocus = true; // otherwise a small window would start scrolled to the button at the end
  show("Keyboard shortcuts", title, list, foot);
}
