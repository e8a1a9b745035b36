import { askForPage } from "./ask";

/** What `/me.css` (lib/readers/sheet.ts) says of the reader: a setting, or by `change` the number of their last change. */
export const setting = (name: string) =>
  getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

/** Choices of settings stand as that sheet says, also where one could not be saved, or was made or undone elsewhere. */
export function showSettings(): void {
  for (const radio of document.querySelectorAll<HTMLInputElement>("form[data-instant] input")) {
    radio.checked = radio.value === setting(radio.name);
  }
}

/** The page has not all that it would have now: it is a list of the reader's own, or in another order than they now like. */
export async function isBehind(): Promise<boolean> {
  const order = document.querySelector<HTMLButtonElement>("button[name=order][aria-pressed=true]");
  if (order && order.value !== setting("order")) return true;
  if (!document.querySelector("[data-own]")) return false;
  const now = await askForPage(location.href);
  return [...(now?.querySelectorAll("article") ?? [])].some(({ id }) => !document.getElementById(id));
}
