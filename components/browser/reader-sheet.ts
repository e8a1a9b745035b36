import { fetchPage } from "./request";

/** A value from `/me.css` (lib/readers/sheet.ts): a setting, or under `change` the number of the reader's last change. */
export const setting = (name: string) =>
  getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

/**
 * Sets the choices on the settings page to what the style sheet says, which also covers failed saves and changes made
 * elsewhere.
 */
export function showSettings(): void {
  for (const radio of document.querySelectorAll<HTMLInputElement>("form[data-instant] input")) {
    radio.checked = radio.value === setting(radio.name);
  }
}

/** Replaces the reader's style sheet with a fresh copy. False if it could not be loaded. */
export function reloadSheet(): Promise<boolean> {
  const old = document.querySelector<HTMLLinkElement>('link[rel="stylesheet"][href^="/me.css"]');
  if (!old) return Promise.resolve(false);
  const replacement = old.cloneNode() as HTMLLinkElement; // a clone has the same type
  // Firefox would reuse the sheet it has for the same address, although it must not be stored.
  const address = new URL(replacement.href);
  address.searchParams.set("at", String(Date.now()));
  replacement.setAttribute("href", address.pathname + address.search);
  return new Promise((resolve) => {
    replacement.onload = () => {
      old.remove();
      resolve(true);
    };
    replacement.onerror = () => {
      replacement.remove();
      resolve(false);
    };
    old.after(replacement);
  });
}

/** Whether the page would differ if loaded now: it is one of the reader's own lists, or they now prefer another order. */
export async function isOutdated(): Promise<boolean> {
  const order = document.querySelector<HTMLButtonElement>("button[name=order][aria-pressed=true]");
  if (order && order.value !== setting("order")) return true;
  if (!document.querySelector("[data-own]")) return false;
  const now = await fetchPage(location.href);
  const rowsOf = (page: Document) =>
    [...page.querySelectorAll("[data-row]")].map(({ textContent }) => textContent).join("\n");
  if (now && rowsOf(now) !== rowsOf(document)) return true;
  return [...(now?.querySelectorAll("article") ?? [])].some(({ id }) => !document.getElementById(id));
}
