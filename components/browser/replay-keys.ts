import { isTypedInto } from "./key-rules";

/**
 * Acts on the keys that were pressed before the island had started (early-keys.ts): each goes to what has the focus by then,
 * as a live one would. What a browser does only for real keys is done here: typing, Enter, and Escape in a dialog.
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
  const end = input.selectionEnd ?? 0; // a text field has one
  const start = input.selectionStart ?? 0;
  if (key !== "Backspace") input.setRangeText(key, start, end, "end");
  else input.setRangeText("", start === end ? Math.max(0, start - 1) : start, end, "end");
  input.dispatchEvent(new InputEvent("input", { bubbles: true }));
}
