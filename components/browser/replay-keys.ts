import { isTypedInto } from "./key-rules";

/**
 * Replays keys pressed before the island started (early-keys.ts). Each goes to whatever has the focus by then, like a
 * live key. Browsers have no default action for a scripted key, so typing, Enter, and Escape in a dialog are done here.
 */
export function replayEarlyKeys(): void {
  for (const { key, ctrlKey, metaKey, shiftKey, repeat } of window.takeEarlyKeys?.() ?? []) {
    const target = document.activeElement ?? document.body;
    const init = { key, ctrlKey, metaKey, shiftKey, repeat, bubbles: true, cancelable: true };
    if (target.dispatchEvent(new KeyboardEvent("keydown", init))) doDefault(key, target);
  }
}

function doDefault(key: string, target: Element): void {
  const dialog = target.closest("dialog");
  if (key === "Escape") dialog?.close();
  else if (target instanceof HTMLInputElement && isTypedInto(target)) {
    if (key === "Enter") target.form?.requestSubmit();
    else if (key.length === 1 || key === "Backspace") type(key, target);
  } else if (key === "Enter" && target instanceof HTMLElement) target.click();
}

function type(key: string, input: HTMLInputElement): void {
  const end = input.selectionEnd ?? 0; // never null for a text input
  const start = input.selectionStart ?? 0;
  if (key !== "Backspace") input.setRangeText(key, start, end, "end");
  else input.setRangeText("", start === end ? Math.max(0, start - 1) : start, end, "end");
  input.dispatchEvent(new InputEvent("input", { bubbles: true }));
}
