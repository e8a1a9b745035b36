import { storage } from "./tab-storage";

const keyOf = (field: HTMLTextAreaElement) => `broadsheet-unsaved ${location.pathname} ${field.name}`;

/** Keeps what was typed into a text field while the page is left or loaded again, until it is saved. */
export function watchUnsaved(): void {
  const tab = storage();
  const fields = [...document.querySelectorAll<HTMLTextAreaElement>("textarea[data-kept]")];
  for (const field of fields) {
    field.value = tab?.getItem(keyOf(field)) ?? field.value;
    field.form?.addEventListener("submit", () => {
      field.defaultValue = field.value;
    });
  }
  addEventListener("pagehide", () => {
    for (const field of fields)
      if (field.value === field.defaultValue) tab?.removeItem(keyOf(field));
      else tab?.setItem(keyOf(field), field.value);
  });
}
