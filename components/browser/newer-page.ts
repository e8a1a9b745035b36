import { formatNewPapers } from "@/lib/words/paper-counts";
import { isOutdated } from "./reader-sheet";
import { request } from "./request";

const outdated = "This page does not show your latest change.";

/**
 * When the reader comes back to an open page, offers to reload it if papers arrived since, or if a change elsewhere
 * affects it. It does not reload unasked, because that would move what is being read.
 */
export function watchForNewer(notice: HTMLElement): { recheck: () => void } {
  const offer = (words: string, linkText: string) => {
    // Do not replace a message about a failed save.
    if (notice.textContent !== "" && !notice.querySelector("a")) return;
    const link = document.createElement("a");
    link.href = location.pathname + location.search;
    link.textContent = linkText;
    link.className = "underline underline-offset-3";
    notice.replaceChildren(`${words} `, link);
  };

  const papersAtLoad = Number(
    document.querySelector<HTMLElement>("[data-papers]")?.dataset.papers ?? Number.NaN,
  );
  const checkForPapers = async () => {
    if (Number.isNaN(papersAtLoad) || document.visibilityState !== "visible") return;
    const papers = await count();
    if (papers === null || papers <= papersAtLoad) return;
    offer(`${formatNewPapers(papers - papersAtLoad)}.`, "Reload");
  };
  document.addEventListener("visibilitychange", checkForPapers);
  addEventListener("pageshow", (event) => event.persisted && checkForPapers());
  return {
    recheck: async () => {
      if (await isOutdated()) offer(outdated, "Reload");
      else if (notice.textContent?.startsWith(outdated)) notice.replaceChildren(); // the change was undone
    },
  };
}

/** The number of papers, or null if the server does not answer. */
async function count(): Promise<number | null> {
  const answer = await request("/api/health");
  return answer?.ok ? (await answer.json()).papers : null;
}
