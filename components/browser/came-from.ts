import { askForPage } from "./ask";
import { storage } from "./tab-storage";

/**
 * A page of a list. `own`: of the reader's own, which is another after each change; `before`: how many papers stand on
 * earlier pages; `pages`: the addresses of the pages beside this one.
 */
type List = {
  href: string;
  name: string;
  own: boolean;
  papers: Beside[];
  before: number;
  of: number;
  pages: { prev?: string; next?: string };
};
type Beside = { href: string; title: string };

const key = "broadsheet-lists-1"; // another number where the shape is another
const most = 8; // pages, so that Back still finds the list after the end of one

/** The pages of lists that papers were opened from in this tab, the latest first. */
const stored = (): List[] => JSON.parse(storage()?.getItem(key) ?? "[]"); // only `store` writes it
const store = (list: List) => {
  const others = stored().filter(({ href }) => href !== list.href);
  storage()?.setItem(key, JSON.stringify([list, ...others].slice(0, most)));
};

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
    own: page.querySelector("[data-own]") !== null,
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
  const isThis = (paper: Beside) => paper.href === location.pathname;
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
  for (const [rel, beside] of [
    ["prev", list.papers[at - 1]],
    ["next", list.papers[at + 1]],
  ] as const) {
    const link = nav.querySelector<HTMLAnchorElement>(`a[rel=${rel}]`);
    if (!link) continue;
    const page = list.pages[rel];
    if (beside || !page) showBeside(link, beside);
    else goOn(link, list, page, rel);
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
function goOn(link: HTMLAnchorElement, list: List, page: string, rel: "prev" | "next"): void {
  showBeside(link, { href: page, title: rel === "next" ? "Next page" : "Previous page" });
  // What a reader lets go of their own list makes its later papers move up.
  const pages = list.own && rel === "next" ? [list.href, page] : [page];
  const found = findOn(pages, list, rel);
  found.then((one) => one && showBeside(link, one.paper));
  link.onclick = async (event) => {
    if (!opensHere(event)) return;
    event.preventDefault();
    const one = await found;
    if (one) store(one.list);
    location.assign(one ? one.paper.href : page);
  };
}

/** The nearest paper on these pages that the list has not; null where there is none, or nobody answers. */
async function findOn(
  pages: string[],
  { papers }: List,
  rel: "prev" | "next",
): Promise<{ list: List; paper: Beside } | null> {
  const known = new Set(papers.map(({ href }) => href));
  for (const page of pages) {
    const now = await askForPage(page);
    if (!now) continue;
    const list = readList(now, page);
    const paper = list.papers.filter(({ href }) => !known.has(href)).at(rel === "next" ? 0 : -1);
    if (paper) return { list, paper };
  }
  return null;
}

/** Where one comes back to a list: the paper of the address, or the next of the list as it was that is still there. */
export function findPlace(): HTMLElement | null {
  const id = location.hash.slice("#".length);
  if (!id.startsWith("p-")) return null;
  const there = document.getElementById(id);
  if (there) return there.matches("article:has(h3)") ? there : null;
  const list = stored().find(({ href }) => href === location.pathname + location.search);
  const ids = list?.papers.map(({ href }) => `p-${decodeURIComponent(href.slice("/papers/".length))}`) ?? [];
  const after = ids.includes(id) ? ids.slice(ids.indexOf(id) + 1) : [];
  return after.map((one) => document.getElementById(one)).find((one) => one !== null) ?? null;
}
