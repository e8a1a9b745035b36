import { rememberList, showNeighbours } from "./came-from";
import { watchMarks } from "./marks";

// The one script of every page (app/layout.tsx): clicks on a bookmark answer at once, and a paper knows the list one came
// from. It is a module, so it runs when the document is whole, and once a document.
const said = document.getElementById("said");
watchMarks((failure) => {
  if (said) said.textContent = failure;
});
showNeighbours();
addEventListener("pageshow", showNeighbours);
document.addEventListener("click", rememberList);
