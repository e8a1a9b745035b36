import { paperPath } from "@/lib/words/paper-path";
import { copyText } from "./copy";

/**
 * The share button of a paper's page, and the same for the key `y`, also in a list: opens the system's sheet on a touch
 * screen, or else copies the address and says so.
 */
export function watchShare(announce: (words: string) => void): (paper: HTMLElement) => void {
  const share = async (paper: HTMLElement) => {
    const button = paper.querySelector<HTMLElement>("[data-share]");
    const title = button?.dataset.share ?? paper.querySelector<HTMLElement>("h3 a")?.dataset.title ?? "";
    const url = toAddress(paper);
    if (matchMedia("(pointer: coarse)").matches && navigator.canShare?.({ title, url })) {
      await navigator.share({ title, url }).catch(ignoreCancel);
      return;
    }
    announce((await copyText(url)) ? `Copied ${url}` : `Could not copy. The address is ${url}`);
  };
  const button = document.querySelector<HTMLElement>("[data-share]");
  const paper = button?.closest("article");
  if (button && paper) {
    button.hidden = false;
    button.addEventListener("click", () => share(paper));
  }
  return share;
}

/** On the reader's own machine, nobody else could open an address of this site. */
function toAddress(paper: HTMLElement): string {
  const id = paper.id.slice("p-".length);
  const isOwnMachine = /^(localhost|127\..*|\[::1\])$/.test(location.hostname);
  if (isOwnMachine && !id.startsWith("t-")) return `https://arxiv.org/abs/${id}`;
  return new URL(paperPath(id), location.origin).href;
}

/** The reader closed the sheet, which browsers report as an error. */
function ignoreCancel(error: unknown): void {
  if (!(error instanceof DOMException && error.name === "AbortError")) throw error;
}
