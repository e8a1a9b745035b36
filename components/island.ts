import { rememberList, showNeighbours } from "./came-from";
import { watchMarks } from "./marks";
import { watchForPapers } from "./new-papers";
import { watchRefresh } from "./refreshing";

// The one script of every page (app/layout.tsx): clicks on a bookmark answer at once, and a paper knows the list one came
// from. It is a module, so it runs when the document is whole, and once a document.
const said = document.getElementById("said");
watchMarks((failure) => {
  if (said) said.textContent = failure;
});
watchRefresh();
watchForPapers();
showNeighbours();
addEventListener("pageshow", showNeighbours);
document.addEventListener("click", rememberList);
