import { type Answer, FetchError, type Network } from "../net/fetch";

/** The most Hugging Face returns at once. */
export const perPage = 100;
const mostPages = 20;
const mostWalks = 3;
/** Lengths that suggest a truncated answer: the limit we ask for, and the default. */
const cuts = [perPage, 50];

/** Adds the entries of the following pages. Returns the number of pages, and why they are incomplete. */
export async function readFollowingPages(
  network: Network,
  api: string,
  first: Answer,
  items: unknown[],
): Promise<{ pages: number; problem: string | null }> {
  const seen = new Set(items.map(idOf));
  let page = first;
  for (let walk = 1; ; walk++) {
    const before = seen.size;
    addNew(toItems(page.body) ?? [], items, seen);
    const { pages, shifted, problem } = await walkOn(network, api, page, items, seen);
    if (problem !== null || !shifted) return { pages, problem };
    // If the list moved between two pages, one entry appears twice, and another may be missing. So the list is read
    // again until nothing new appears.
    if (walk > 1 && seen.size === before) return { pages, problem: null };
    if (walk === mostWalks)
      return { pages, problem: `${api}: it changed while it was read; an entry may be missing` };
    try {
      page = await network.get(api);
    } catch (error) {
      if (!(error instanceof FetchError)) throw error;
      return { pages, problem: `${api}: it changed while it was read, and then ${error.message}` };
    }
  }
}

type Walk = { pages: number; shifted: boolean; problem: string | null };

async function walkOn(
  network: Network,
  api: string,
  first: Answer,
  items: unknown[],
  seen: Set<unknown>,
): Promise<Walk> {
  const begun = toItems(first.body) ?? [];
  const walked = new Set(begun.map(idOf));
  const asked = new Set([api]);
  let next = unasked(first.next);
  let got = begun.length;
  let shifted = false;
  let pages = 1;
  const only = () => `only the first ${items.length} entries were read`;
  for (; next !== null || cuts.includes(got); pages++) {
    if (pages === mostPages)
      return { pages, shifted, problem: `${api}: it has more than ${mostPages} pages; ${only()}` };
    const address = new URL(next ?? api);
    if (next === null) address.searchParams.set("p", String(pages));
    asked.add(address.href);
    let answer: Answer;
    try {
      answer = await network.get(address.href);
    } catch (error) {
      if (!(error instanceof FetchError)) throw error;
      return { pages, shifted, problem: `${address.href}: ${error.message}; ${only()}` };
    }
    const page = toItems(answer.body);
    if (!page) return { pages, shifted, problem: `${address.href}: expected entries, got none; ${only()}` };
    const fresh = page.map(idOf).filter((id) => !walked.has(id));
    if (fresh.length === 0) break; // a server without pages returns the first one again
    shifted ||= fresh.length < page.length;
    for (const id of fresh) walked.add(id);
    addNew(page, items, seen);
    got = page.length;
    next = unasked(answer.next);
  }
  return { pages, shifted, problem: null };

  function unasked(address: string | null): string | null {
    return address !== null && asked.has(address) ? null : address; // some pages link to themselves
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
