import { fetchPage } from "./request";
import { storage } from "./tab-storage";

/**
 * A page of a list. `own`: it is the reader's own list, so it may differ after each change. `before`: the number of
 * papers on earlier pages. `pages`: the addresses of the previous and next page.
 */
type List = {
  href: string;
  name: string;
  own: boolean;
  papers: Neighbor[];
  before: number;
  of: number;
  pages: { prev?: string; next?: string };
};
type Neighbor = { href: string; title: string };

const key = "broadsheet-lists-1"; // increase when the stored shape changes
const maxLists = 8; // enough for Back to find a list that the reader has read to its end

/** The pages of lists that this tab opened papers from, latest first. */
const stored = (): List[] => JSON.parse(storage()?.getItem(key) ?? "[]"); // written only by `store`
const store = (list: List) => {
  const others = stored().filter(({ href }) => href !== list.href);
  storage()?.setItem(key, JSON.stringify([list, ...others].slice(0, maxLists)));
};

/** When a paper is opened from a list, remembers the list for this tab, and the paper in the address, for Back. */
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
  const neighbor = (rel: "prev" | "next") => {
    const address = page.querySelector(`#papers a[rel=${rel}]`)?.getAttribute("href");
    return address ? { [rel]: address } : {};
  };
  return {
    href,
    name: page.querySelector("h1")?.textContent ?? "",
    own: page.querySelector("[data-own]") !== null,
    papers,
    before: Number(before ?? 0),
    of: Number(of ?? papers.length),
    pages: { ...neighbor("prev"), ...neighbor("next") },
  };
}

/**
 * On a paper's page: if the reader came from a list with this paper, previous and next are those of that list, and the
 * link back leads to this paper's place in it.
 */
export function showNeighbors(): void {
  const nav = document.querySelector("[data-neighbours]");
  const isThis = (paper: Neighbor) => paper.href === location.pathname;
  const list = stored().find(({ papers }) => papers.some(isThis));
  if (!nav || !list) return;
  const at = list.papers.findIndex(isThis);
  const back = document.querySelector<HTMLAnchorElement>("[data-list]");
  const paper = back?.closest("article");
  if (back && paper) {
    back.href = `${list.href}#${paper.id}`;
    back.textContent = `‹ ${list.name}`;
  }
  const place = document.querySelector("[data-place]");
  const number = (value: number) => value.toLocaleString("en");
  if (place) place.textContent = `${number(list.before + at + 1)} of ${number(list.of)}`;
  for (const [rel, neighbor] of [
    ["prev", list.papers[at - 1]],
    ["next", list.papers[at + 1]],
  ] as const) {
    const link = nav.querySelector<HTMLAnchorElement>(`a[rel=${rel}]`);
    if (!link) continue;
    const page = list.pages[rel];
    if (neighbor || !page) showNeighbor(link, neighbor);
    else continueTo(link, list, page, rel);
  }
}

function showNeighbor(link: HTMLAnchorElement, neighbor: Neighbor | undefined): void {
  const title = link.querySelector("[data-title]");
  // Keep the page's own title: its formulas are typeset.
  if (!title || (neighbor && neighbor.href === link.pathname)) return;
  link.hidden = !neighbor;
  link.href = neighbor?.href ?? "";
  title.textContent = neighbor?.title ?? "";
}

/** At the end of a page of a list: continues with the first paper of the next page, or the last of the previous one. */
function continueTo(link: HTMLAnchorElement, list: List, page: string, rel: "prev" | "next"): void {
  showNeighbor(link, { href: page, title: rel === "next" ? "Next page" : "Previous page" });
  // Removing papers from one's own list moves later ones up, possibly onto this page.
  const pages = list.own && rel === "next" ? [list.href, page] : [page];
  const found = findNearest(pages, list, rel);
  found.then((one) => one && showNeighbor(link, one.paper));
  link.onclick = async (event) => {
    if (!opensHere(event)) return;
    event.preventDefault();
    const one = await found;
    if (one) store(one.list);
    location.assign(one ? one.paper.href : page);
  };
}

/** The nearest paper on these pages that is not in the list. Null if there is none, or the server does not answer. */
async function findNearest(
  pages: string[],
  { papers }: List,
  rel: "prev" | "next",
): Promise<{ list: List; paper: Neighbor } | null> {
  const known = new Set(papers.map(({ href }) => href));
  for (const page of pages) {
    const now = await fetchPage(page);
    if (!now) continue;
    const list = readList(now, page);
    const paper = list.papers.filter(({ href }) => !known.has(href)).at(rel === "next" ? 0 : -1);
    if (paper) return { list, paper };
  }
  return null;
}

/**
 * Where to return to in a list: the paper in the address, or the first after it in the remembered list that is still
 * there.
 */
export function findReturnTarget(): HTMLElement | null {
  const id = location.hash.slice("#".length);
  if (!id.startsWith("p-")) return null;
  const current = document.getElementById(id);
  if (current) return current.matches("article:has(h3)") ? current : null;
  const list = stored().find(({ href }) => href === location.pathname + location.search);
  const ids = list?.papers.map(({ href }) => `p-${decodeURIComponent(href.slice("/papers/".length))}`) ?? [];
  const after = ids.includes(id) ? ids.slice(ids.indexOf(id) + 1) : [];
  return after.map((one) => document.getElementById(one)).find((one) => one !== null) ?? null;
}
