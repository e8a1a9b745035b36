import { storage } from "./tab-storage";

/** `before`: how many papers stand on earlier pages of the list; `pages`: the addresses of the pages beside this one. */
type List = {
  href: string;
  name: string;
  papers: Beside[];
  before: number;
  of: number;
  pages: { prev?: string; next?: string };
};
type Beside = { href: string; title: string };

const key = "broadsheet-list-2"; // another number where the shape is another
const store = (list: List) => storage()?.setItem(key, JSON.stringify(list));

/** Remembers the list of a page when one of its papers is opened, for this tab, and for Back which of them it was. */
export function rememberList(event: MouseEvent): void {
  const link = event.target instanceof Element ? event.target.closest("article h3 a") : null;
  if (!link) return;
  store(readList(document, location.pathname + location.search));
  if (opensHere(event)) history.replaceState(history.state, "", `#${link.closest("article")?.id}`);
}

const opensHere = (event: MouseEvent) =>
  !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;

function readList(page: Document, href: string): List {
  const links = page.querySelectorAll<HTMLAnchorElement>("article h3 a");
  const papers = [...links].map((one) => ({ href: one.pathname, title: one.dataset.title ?? "" }));
  const { before, of } = page.getElementById("papers")?.dataset ?? {};
  const beside = (rel: "prev" | "next") => {
    const address = page.querySelector(`#papers a[rel=${rel}]`)?.getAttribute("href");
    return address ? { [rel]: address } : {};
  };
  return {
    href,
    name: page.querySelector("h1")?.textContent ?? "",
    papers,
    before: Number(before ?? 0),
    of: Number(of ?? papers.length),
    pages: { ...beside("prev"), ...beside("next") },
  };
}

/**
 * On a paper's page: previous and next are those of the list that one came from, where it has this paper, and the link back
 * leads to this paper's place in it.
 */
export function showNeighbours(): void {
  const nav = document.querySelector("[data-neighbours]");
  const stored = storage()?.getItem(key);
  if (!nav || !stored) return;
  const list = JSON.parse(stored) as List; // only `store` writes it
  const at = list.papers.findIndex((paper) => paper.href === location.pathname);
  if (at < 0) return;
  const back = document.querySelector<HTMLAnchorElement>("[data-list]");
  const paper = back?.closest("article");
  if (back && paper) {
    back.href = `${list.href}#${paper.id}`;
    back.textContent = `‹ ${list.name}`;
  }
  const place = document.querySelector("[data-place]");
  const number = (value: number) => value.toLocaleString("en");
  if (place) place.textContent = `${number(list.before + at + 1)} of ${number(list.of)}`;
  for (const [rel, beside] of [
    ["prev", list.papers[at - 1]],
    ["next", list.papers[at + 1]],
  ] as const) {
    const link = nav.querySelector<HTMLAnchorElement>(`a[rel=${rel}]`);
    if (!link) continue;
    const page = list.pages[rel];
    if (beside || !page) showBeside(link, beside);
    else goOn(link, page, rel);
  }
}

function showBeside(link: HTMLAnchorElement, beside: Beside | undefined): void {
  const title = link.querySelector("[data-title]");
  // The page's own has its formulas set.
  if (!title || (beside && beside.href === link.pathname)) return;
  link.hidden = !beside;
  link.href = beside?.href ?? "";
  title.textContent = beside?.title ?? "";
}

/** At the end of a page of a list: on to the first paper of the next one, or back to the last of the one before. */
async function goOn(link: HTMLAnchorElement, page: string, rel: "prev" | "next"): Promise<void> {
  showBeside(link, { href: page, title: rel === "next" ? "The next page" : "The page before" });
  const answer = await fetch(page).catch((error: unknown) => {
    if (!(error instanceof TypeError)) throw error; // nobody answered: the link leads to the page
    return null;
  });
  if (!answer?.ok) return;
  // Without the styles of formulas, of which the policy of pages would complain.
  const html = (await answer.text()).replace(/ style="[^"]*"/g, "");
  const list = readList(new DOMParser().parseFromString(html, "text/html"), page);
  const paper = list.papers.at(rel === "next" ? 0 : -1);
  if (!paper) return;
  showBeside(link, paper);
  link.onclick = (event) => void (opensHere(event) && store(list));
}
