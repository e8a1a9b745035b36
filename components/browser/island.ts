import { rememberList, showNeighbours } from "./came-from";
import { watchChosen } from "./chosen";
import { watchKeys } from "./keys";
import { watchMarks } from "./marks";
import { setting } from "./my-sheet";
import { watchForNewer } from "./newer-page";
import { openDialogs } from "./palette";
import { watchPassing } from "./passing";
import { watchRefresh } from "./refreshing";
import { replayEarlyKeys } from "./replay-keys";
import { watchUndo } from "./undo";

// The one script of every page (app/layout.tsx). It makes marks respond at once, handles keys, and gives a paper the
// neighbors of the list the reader came from. It is a module, so it runs once per document, after parsing. Keys pressed
// before that are collected for it (early-keys.ts).
const said = document.getElementById("said") as HTMLElement; // on every page
const { recheck } = watchForNewer(said);
const marks = watchMarks((failure) => {
  said.textContent = failure;
}, recheck);
const dialogs = openDialogs((keys) => press(keys));
const chosen = watchChosen();
const undo = watchUndo(marks, tell, chosen.refocus, recheck);
const { press } = watchKeys(marks, chosen, tell, dialogs, undo);
watchPassing(marks, () => setting("passing") === "scrolling");
watchRefresh();
showNeighbours();
addEventListener("pageshow", ({ persisted }) => persisted && showNeighbours());
document.addEventListener("click", rememberList);
replayEarlyKeys();

/** Says what a key did, and clears the message after a few seconds. */
function tell(words: string): void {
  const told = document.getElementById("told");
  if (!told) return;
  told.textContent = words;
  setTimeout(() => told.textContent === words && told.replaceChildren(), 4000);
}
