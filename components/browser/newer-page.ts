import { sayNewPapers } from "@/lib/words/say-papers";
import { ask } from "./ask";
import { isBehind } from "./my-sheet";

const behind = "This page does not show your latest change.";

/**
 * When the reader comes back to a page that has been open: offers to show it anew, where papers came since it was made, or
 * where it hangs on what the reader changed elsewhere. It is not done unasked: it would move what is being read.
 */
export function watchForNewer(said: HTMLElement): { recheck: () => void } {
  const offer = (words: string, way: string) => {
    // What is said of a mark that failed is not to be hidden by this.
    if (said.textContent !== "" && !said.querySelector("a")) return;
    const link = document.createElement("a");
    link.href = location.pathname + location.search;
    link.textContent = way;
    link.className = "underline underline-offset-3";
    said.replaceChildren(`${words} `, link);
  };

  const had = Number(document.querySelector<HTMLElement>("[data-papers]")?.dataset.papers ?? Number.NaN);
  const look = async () => {
    if (Number.isNaN(had) || document.visibilityState !== "visible") return;
    const papers = await count();
    if (papers === null || papers <= had) return;
    offer(`${sayNewPapers(papers - had)}.`, "Reload");
  };
  document.addEventListener("visibilitychange", look);
  addEventListener("pageshow", (event) => event.persisted && look());
  return {
    recheck: async () => {
      if (await isBehind()) offer(behind, "Reload");
      else if (said.textContent?.startsWith(behind)) said.replaceChildren(); // it was undone
    },
  };
}

/** How many papers there are; null where the server does not say. */
async function count(): Promise<number | null> {
  const answer = await ask("/api/health");
  return answer?.ok ? (await answer.json()).papers : null;
}
