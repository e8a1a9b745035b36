import { storage } from "./tab-storage";

/** `before`: how many papers stand on earlier pages of the list; `pages`: the addresses of the pages beside this one. */
type List = {
  href: string;
  name: string;
  papers: { href: string; title: string }[];
  before: number;
  of: number;
  pages: { prev?: string; next?: string };
};

const key = "broadsheet-list-2"; // another number where the shape is another

/** Remembers the list of a page when one of its papers is opened, for this tab, and for Back which of them it was. */
export function rememberList(event: MouseEvent): void {
  const link = event.target instanceof Element ? event.target.closest("article h3 a") : null;
  const name = document.querySelector("h1")?.textContent;
  if (!link || !name) return;
  const links = document.querySelectorAll<HTMLAnchorElement>("article h3 a");
  const papers = [...links].map((one) => ({ href: one.pathname, title: one.dataset.title ?? "" }));
  const { before, of } = document.getElementById("papers")?.dataset ?? {};
  const page = (rel: "prev" | "next") => {
    const address = document.querySelector(`#papers a[rel=${rel}]`)?.getAttribute("href");
    return address ? { [rel]: address } : {};
  };
  const list: List = {
    href: location.pathname + location.search,
    name,
    papers,
    before: Number(before ?? 0),
    of: Number(of ?? papers.length),
    pages: { ...page("prev"), ...page("next") },
  };
  storage()?.setItem(key, JSON.stringify(list));
  const id = link.closest("article")?.id;
  const here = !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;
  if (here) history.replaceState(history.state, "", `#${id}`);
}

/**
 * On a paper's page: previous and next are those of the list that one came from, where it has this paper, and the link back
 * leads to this paper's place in it.
 */
export function showNeighbours(): void {
  const nav = document.querySelector("[data-neighbours]");
  const stored = storage()?.getItem(key);
  if (!nav || !stored) return;
  const list = JSON.parse(stored) as List; // only rememberList writes it
  const at = list.papers.findIndex((paper) => paper.href === location.pathname);
  if (at < 0) return;
  const back = document.querySelector<HTMLAnchorElement>("[data-list]");
  const paper = back?.closest("article");
  if (back && paper) {
    back.href = `${list.href}#${paper.id}`;
    back.textContent = `‹ ${list.name}`;
  }
  const place = document.querySelector("[data-place]");
  if (place)
    place.textContent = `${(list.before + at + 1).toLocaleString("en")} of ${list.of.toLocaleString("en")}`;
  const { prev, next } = list.pages;
  for (const [rel, beside] of [
    ["prev", list.papers[at - 1] ?? (prev && { href: prev, title: "The page before" })],
    ["next", list.papers[at + 1] ?? (next && { href: next, title: "The next page" })],
  ] as const) {
    const link = nav.querySelector<HTMLAnchorElement>(`a[rel=${rel}]`);
    const title = link?.querySelector("[data-title]");
    // The page's own has its formulas set.
    if (!link || !title || (beside && beside.href === link.pathname)) continue;
    link.hidden = !beside;
    link.href = beside ? beside.href : "";
    title.textContent = beside ? beside.title : "";
  }
}
