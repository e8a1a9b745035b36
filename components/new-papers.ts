/** When the reader comes back to a page that has been open: offers the papers that came since it was made. */
export function watchForPapers(): void {
  const had = Number(document.querySelector<HTMLElement>("[data-papers]")?.dataset.papers ?? Number.NaN);
  const said = document.getElementById("said");
  if (Number.isNaN(had) || !said) return;
  const look = async () => {
    if (document.visibilityState !== "visible") return;
    const papers = await count();
    // What is said of a mark that failed is not to be hidden by this.
    if (papers === null || papers <= had || (said.textContent !== "" && !said.querySelector("a"))) return;
    const more = papers - had;
    const link = document.createElement("a");
    link.href = location.pathname + location.search;
    link.textContent = "Show what is new";
    link.className = "underline underline-offset-3";
    said.replaceChildren(`${more} more ${more === 1 ? "paper is" : "papers are"} in the library now. `, link);
  };
  document.addEventListener("visibilitychange", look);
  addEventListener("pageshow", (event) => event.persisted && look());
}

/** How many papers there are; null where the server does not say. */
async function count(): Promise<number | null> {
  try {
    const answer = await fetch("/api/health");
    return answer.ok ? (await answer.json()).papers : null;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error; // nobody answered
    return null;
  }
}
