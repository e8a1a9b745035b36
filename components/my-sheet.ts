/** What `/me.css` (lib/library/sheet.ts) says of the reader: a setting, or by `change` the number of their last change. */
export const setting = (name: "keys" | "passing" | "order" | "change") =>
  getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

/** After a change the page is another: it is the reader's own, or in another order than they now like. */
export function isOther(): boolean {
  const order = document.querySelector<HTMLButtonElement>("button[name=order][aria-pressed=true]");
  return (
    document.querySelector("[data-own]") !== null || (order !== null && order.value !== setting("order"))
  );
}
