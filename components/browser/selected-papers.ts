import type { Marks } from "./marks";
import { findVisibleButton, listPapers } from "./selection";

/** The selected papers, in the order of the page. */
export const listSelected = () => listPapers().filter((paper) => "selected" in paper.dataset);

/** Selects a paper for marking several at once, or deselects it. Returns how many are selected now. */
export function toggleSelected(paper: HTMLElement): number {
  if ("selected" in paper.dataset) delete paper.dataset.selected;
  else paper.dataset.selected = findVisibleButton(paper, ["seen"]) ? "new" : "";
  return listSelected().length;
}

/** Deselects all papers. Returns how many were selected. */
export function clearSelected(): number {
  const papers = listSelected();
  for (const paper of papers) paper.removeAttribute("data-selected");
  return papers.length;
}

/**
 * Marks all selected papers in one change, so that one undo reverts it: sets the mark if any of them lacks it, or else
 * removes it. Deselects them, unless that fails. False if none are selected.
 */
export function markSelected([on, off]: [on: string, off: string], post: Marks["post"]): boolean {
  const papers = listSelected();
  if (papers.length === 0) return false;
  const buttons = papers.flatMap((paper) => paper.querySelector<HTMLButtonElement>(`[name=${on}]`) ?? []);
  // A paper that was new when selected may be seen only because the reader moved on. `m` must not turn that back to
  // new.
  const missing =
    buttons.some((button) => button.checkVisibility()) ||
    (on === "seen" && papers.some((paper) => paper.dataset.selected === "new"));
  const fields = new URLSearchParams(buttons.map((button) => [missing ? on : off, button.value]));
  // Deselect now: papers selected while the request is open are not part of this change.
  const states = papers.map((paper) => [paper, paper.dataset.selected] as const);
  clearSelected();
  post("/bookmarks", fields).then((done) => {
    if (done) return;
    for (const [paper, state] of states) paper.dataset.selected = state;
  });
  return true;
}
