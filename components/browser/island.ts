import { watchKeys } from "./keys";
import { rememberList, showNeighbors } from "./list-context";
import { watchMarks } from "./marks";
import { watchForNewer } from "./newer-page";
import { openDialogs } from "./palette";
import { setting } from "./reader-sheet";
import { watchRefresh } from "./refreshing";
import { replayEarlyKeys } from "./replay-keys";
import { watchScrolling } from "./scrolling";
import { watchSelection } from "./selection";
import { watchUndo } from "./undo";

// The one script of every page (app/layout.tsx). It makes marks respond at once, handles keys, and gives a paper the
// neighbors of the list the reader came from. It is a module, so it runs once per document, after parsing. Keys pressed
// before that are collected for it (early-keys.ts).
const notice = document.getElementById("notice") as HTMLElement; // on every page
const { recheck } = watchForNewer(notice);
const marks = watchMarks((failure) => {
  notice.textContent = failure;
}, recheck);
const dialogs = openDialogs((keys) => press(keys));
const chosen = watchSelection();
const undo = watchUndo(marks, tell, chosen.refocus, recheck);
const { press } = watchKeys({ marks, chosen, tell, open: dialogs, undo });
watchScrolling(marks, () => setting("passing") === "scrolling");
watchRefresh();
showNeighbors();
addEventListener("pageshow", ({ persisted }) => persisted && showNeighbors());
document.addEventListener("click", rememberList);
replayEarlyKeys();

/** Says what a key did, and clears the message after a few seconds. */
function tell(words: string): void {
  const told = document.getElementById("told");
  if (!told) return;
  told.textContent = words;
  setTimeout(() => told.textContent === words && told.replaceChildren(), 4000);
}
