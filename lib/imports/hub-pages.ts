import { type Answer, FetchError, type Network } from "../net/fetch";

/** The most Hugging Face returns at once. */
export const perPage = 100;
const maxPages = 20;
const maxPasses = 3;
/** Lengths that suggest a truncated answer: the limit we ask for, and the default. */
const suspectLengths = [perPage, 50];

/** Adds the entries of the following pages. Returns the number of pages, and why they are incomplete. */
export async function readFollowingPages(
  network: Network,
  api: string,
  first: Answer,
  items: unknown[],
): Promise<{ pages: number; problem: string | null }> {
  const seen = new Set(items.map(idOf));
  let page = first;
  for (let pass = 1; ; pass++) {
    const before = seen.size;
    addNew(toItems(page.body) ?? [], items, seen);
    const { pages, shifted, problem } = await readPass(network, api, page, items, seen);
    if (problem !== null || !shifted) return { pages, problem };
    // If the list moved between two pages, one entry appears twice, and another may be missing. So the list is read
    // again until nothing new appears.
    if (pass > 1 && seen.size === before) return { pages, problem: null };
    if (pass === maxPasses)
      return { pages, problem: `${api}: it changed while it was read; an entry may be missing` };
    try {
      page = await network.get(api);
    } catch (error) {
      if (!(error instanceof FetchError)) throw error;
      return { pages, problem: `${api}: it changed while it was read, and then ${error.message}` };
    }
  }
}

type Pass = { pages: number; shifted: boolean; problem: string | null };

async function readPass(
  network: Network,
  api: string,
  first: Answer,
  items: unknown[],
  seen: Set<unknown>,
): Promise<Pass> {
  const firstItems = toItems(first.body) ?? [];
  const passIds = new Set(firstItems.map(idOf));
  const requested = new Set([api]);
  let next = unlessRequested(first.next);
  let lastLength = firstItems.length;
  let shifted = false;
  let pages = 1;
  const only = () => `only the first ${items.length} entries were read`;
  for (; next !== null || suspectLengths.includes(lastLength); pages++) {
    if (pages === maxPages)
      return { pages, shifted, problem: `${api}: it has more than ${maxPages} pages; ${only()}` };
    const address = new URL(next ?? api);
    if (next === null) address.searchParams.set("p", String(pages));
    requested.add(address.href);
    let answer: Answer;
    try {
      answer = await network.get(address.href);
    } catch (error) {
      if (!(error instanceof FetchError)) throw error;
      return { pages, shifted, problem: `${address.href}: ${error.message}; ${only()}` };
    }
    const page = toItems(answer.body);
    if (!page) return { pages, shifted, problem: `${address.href}: expected entries, got none; ${only()}` };
    const newIds = page.map(idOf).filter((id) => !passIds.has(id));
    if (newIds.length === 0) break; // a server without pages returns the first one again
    shifted ||= newIds.length < page.length;
    for (const id of newIds) passIds.add(id);
    addNew(page, items, seen);
    lastLength = page.length;
    next = unlessRequested(answer.next);
  }
  return { pages, shifted, problem: null };

  function unlessRequested(address: string | null): string | null {
    return address !== null && requested.has(address) ? null : address; // some pages link to themselves
  }
}

function addNew(page: unknown[], items: unknown[], seen: Set<unknown>): void {
  for (const item of page) {
    if (seen.has(idOf(item))) continue;
    seen.add(idOf(item));
    items.push(item);
  }
}

function idOf(item: unknown): unknown {
  return (item as { paper?: { id?: unknown } } | null)?.paper?.id ?? JSON.stringify(item); // any part may be missing
}

/** The entries of an answer. Null if it is not a list; the formats then say what it is. */
export function toItems(body: Buffer): unknown[] | null {
  try {
    const json: unknown = JSON.parse(body.toString("utf8"));
    return Array.isArray(json) ? json : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
