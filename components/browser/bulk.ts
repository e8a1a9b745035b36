import { clearSelected, listSelected } from "./selected-papers";

/** The forms for all papers of a page (components/library-edit.tsx) change only the selected ones, if there are any. */
export function watchBulk(): void {
  const count = document.querySelector("[data-bulk-count]");
  const all = count?.textContent ?? "";
  count?.closest("details")?.addEventListener("toggle", () => {
    const { length } = listSelected();
    count.textContent =
      length === 0 ? all : length === 1 ? "The selected paper" : `The ${length} selected papers`;
  });
  // Before the listener that sends the form.
  document.addEventListener("submit", keepSelected, { capture: true });
}

function keepSelected({ target }: SubmitEvent): void {
  if (!(target instanceof HTMLFormElement) || !("bulk" in target.dataset)) return;
  const selected = new Set(listSelected().map(({ id }) => id.slice("p-".length)));
  if (selected.size === 0) return;
  for (const input of target.querySelectorAll<HTMLInputElement>("[name=id]"))
    if (!selected.has(input.value)) input.remove();
  clearSelected();
}
