import { watchBulk } from "./bulk";
import { watchCopy } from "./copy";
import { watchDateField } from "./date-field";
import { openDialog } from "./dialog";
import { watchDrops } from "./drop-file";
import { watchKeys } from "./keys";
import { rememberList, showNeighbors } from "./list-context";
import { watchMarks } from "./marks";
import { watchMenus } from "./menus";
import { watchForNewer } from "./newer-page";
import { showPalette } from "./palette";
import { setting } from "./reader-sheet";
import { watchRefresh } from "./refreshing";
import { replayEarlyKeys } from "./replay-keys";
import { watchScrolling } from "./scrolling";
import { watchSuggestions } from "./search-suggestions";
import { watchSelection } from "./selection";
import { watchShare } from "./share";
import { showShortcuts } from "./shortcuts-dialog";
import { watchSwipes } from "./swipes";
import { watchUndo } from "./undo";
import { watchUnsaved } from "./unsaved";

// The one script of every page (app/layout.tsx). It makes marks respond at once, handles keys, and gives a paper the
// neighbors of the list the reader came from. It is a module, so it runs once per document, after parsing. Keys pressed
// before that are collected for it (early-keys.ts).
const notice = document.getElementById("notice") as HTMLElement; // on every page
const { recheck } = watchForNewer(notice);
const marks = watchMarks((failure) => {
  notice.textContent = failure;
}, recheck);
const dialog = openDialog();
const open = {
  help: () => showShortcuts(dialog),
  palette: () => showPalette(dialog, (keys) => press(keys)),
};
const chosen = watchSelection();
const undo = watchUndo(marks, announce, chosen.refocus, recheck);
const share = watchShare(announce);
const { press } = watchKeys({ marks, chosen, announce, open, undo, share });
watchBulk();
watchUnsaved();
watchScrolling(marks, () => {
  const choice = setting("markSeen");
  return choice === "scrolled" || (choice === "auto" && matchMedia("(pointer: coarse)").matches);
});
watchSwipes();
watchMenus();
watchDateField();
watchDrops();
watchSearchLink();
watchSuggestions();
watchRefresh();
watchCopy(announce);
showNeighbors();
addEventListener("pageshow", ({ persisted }) => persisted && showNeighbors());
document.addEventListener("click", rememberList);
replayEarlyKeys();

/** Says what a key did, and clears the message after a few seconds. */
function announce(words: string): void {
  const box = document.getElementById("announcement");
  if (!box) return;
  box.textContent = words;
  setTimeout(() => box.textContent === words && box.replaceChildren(), 4000);
}

/** The bar of a phone leads to the search box of the same page. */
function watchSearchLink(): void {
  document.querySelector("[data-search]")?.addEventListener("click", (event) => {
    const search = document.getElementById("search");
    if (!search) return;
    event.preventDefault();
    search.focus();
  });
}
