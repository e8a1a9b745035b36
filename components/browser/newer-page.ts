import { sayNewPapers } from "@/lib/words/say-papers";
import { ask } from "./ask";
import { isBehind } from "./my-sheet";

const behind = "This page does not show your latest change.";

/**
 * When the reader comes back to an open page, offers to reload it if papers arrived since, or if a change elsewhere
 * affects it. It does not reload unasked, because that would move what is being read.
 */
export function watchForNewer(said: HTMLElement): { recheck: () => void } {
  const offer = (words: string, way: string) => {
    // Do not replace a message about a failed save.
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
      else if (said.textContent?.startsWith(behind)) said.replaceChildren(); // the change was undone
    },
  };
}

/** The number of papers, or null if the server does not say. */
async function count(): Promise<number | null> {
  const answer = await ask("/api/health");
  return answer?.ok ? (await answer.json()).papers : null;
}
