type List = { href: string; name: string; papers: { href: string; title: string }[] };

const key = "broadsheet-list-1"; // another number where the shape is another

/** Remembers the list of a page when one of its papers is opened, for this tab. */
export function rememberList(event: MouseEvent): void {
  const link = event.target instanceof Element ? event.target.closest("article h3 a") : null;
  const name = document.querySelector("h1")?.textContent;
  if (!link || !name) return;
  const links = document.querySelectorAll<HTMLAnchorElement>("article h3 a");
  const papers = [...links].map((one) => ({ href: one.pathname, title: one.dataset.title ?? "" }));
  const list: List = { href: location.pathname + location.search, name, papers };
  storage()?.setItem(key, JSON.stringify(list));
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
  if (place) place.textContent = `${at + 1} of ${list.papers.length}`;
  for (const [rel, paper] of [
    ["prev", list.papers[at - 1]],
    ["next", list.papers[at + 1]],
  ] as const) {
    const link = nav.querySelector<HTMLAnchorElement>(`a[rel=${rel}]`);
    const title = link?.querySelector("[data-title]");
    // The page's own has its formulas set.
    if (!link || !title || (paper && paper.href === link.pathname)) continue;
    link.hidden = !paper;
    link.href = paper?.href ?? "";
    title.textContent = paper?.title ?? "";
  }
}

/** This tab's storage; null where the reader's browser refuses it, and the paper's own edition stands. */
export function storage(): Storage | null {
  try {
    return sessionStorage;
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}
