import { type Day, isDay } from "../days";
import { type Answer, FetchError, type Network } from "./fetch";
import type { Kind } from "./listing";
import { askedBy } from "./place-in-time";
import { openBody, type Source } from "./read-source";

/** A list of the Hub; `period` is the day, week or month, `query` what a search looks for. */
export type HubRequest = { kind: Kind; period: string | null; query?: string };

/** What the Hub gave. `problems` are lines about what it did not give; with `partial` something is missing. */
export type HubAnswer = { source: Source; problems: string[]; partial: boolean };

const perPage = 100;
const mostPages = 20;
/** Lengths at which an answer may have been cut: what we ask for, and what the Hub gives unasked. */
const cuts = [perPage, 50];

const forms = { day: "date", week: "week", month: "month" } as const;

/** Where the Hub's API and its pages have a list. */
export function hubAddresses(
  base: string,
  { kind, period, query }: HubRequest,
): { api: string; page: string } {
  const api = new URL(kind === "search" ? "/api/papers/search" : "/api/daily_papers", base);
  const page = new URL("/papers", base);
  if (kind === "trending") {
    api.searchParams.set("sort", "trending");
    page.pathname = "/papers/trending";
  } else if (kind === "search") {
    api.searchParams.set("q", query ?? "");
    page.searchParams.set("q", query ?? "");
  } else if (period !== null) {
    api.searchParams.set(forms[kind], period);
    page.pathname = `/papers/${forms[kind]}/${period}`;
  }
  api.searchParams.set("limit", String(perPage));
  return { api: api.href, page: page.href };
}

/** The latest day that the Hub lists, told by the entries of its API's plain answer. Throws where they name none. */
export async function findLatestDay(network: Network, base: string): Promise<Day> {
  const { api } = hubAddresses(base, { kind: "day", period: null });
  const items = toItems((await network.get(api)).body) ?? [];
  const days = items.flatMap((item) => dayOf(item) ?? []).sort();
  const latest = days.at(-1);
  if (latest === undefined) throw new Error(`${api}: expected entries that name their day, got none`);
  return latest;
}

function dayOf(item: unknown): Day | null {
  const paper = (item as { paper?: { submittedOnDailyAt?: unknown } } | null)?.paper; // every step may be missing
  const day = String(paper?.submittedOnDailyAt ?? "").slice(0, 10);
  return isDay(day) ? day : null;
}

/**
 * Asks the Hub for a list: its API, page by page; its HTML page where the API is gone. Throws a FetchError where nothing
 * came at all.
 */
export async function askHub(network: Network, base: string, request: HubRequest): Promise<HubAnswer> {
  const { api, page } = hubAddresses(base, request);
  let first: Answer;
  try {
    first = await network.get(api);
  } catch (error) {
    if (!(error instanceof FetchError && (error.status === 404 || error.status === 410))) throw error;
    const { url, body } = await network.get(page);
    if (isElsewhere(page, url)) return nothing(page, url);
    return {
      source: openBody(page, url, body),
      problems: [`${api}: ${error.message}; read its page`],
      partial: false,
    };
  }
  if (isElsewhere(api, first.url)) return nothing(api, first.url);
  const items = toItems(first.body);
  if (!items) return { source: openBody(api, api, first.body), problems: [], partial: false };
  const problem = await readOn(network, api, first, items);
  const body = Buffer.from(JSON.stringify(items));
  return { source: openBody(api, api, body), problems: problem ? [problem] : [], partial: problem !== null };
}

/** Adds the entries of the following pages; returns why it could not to the end. */
async function readOn(
  network: Network,
  api: string,
  first: Answer,
  items: unknown[],
): Promise<string | null> {
  let { next } = first;
  let got = items.length;
  const seen = new Set(items.map(idOf));
  for (let number = 1; number < mostPages && (next !== null || cuts.includes(got)); number++) {
    const address = new URL(next ?? api);
    if (next === null) address.searchParams.set("p", String(number));
    let answer: Answer;
    try {
      answer = await network.get(address.href);
    } catch (error) {
      if (!(error instanceof FetchError)) throw error;
      return `${address.href}: ${error.message}; only the first ${items.length} entries were read`;
    }
    const more = (toItems(answer.body) ?? []).filter((item) => !seen.has(idOf(item)));
    if (more.length === 0) return null; // a server that knows no pages gives the first again
    for (const item of more) seen.add(idOf(item));
    items.push(...more);
    got = more.length;
    next = answer.next;
  }
  return null;
}

function idOf(item: unknown): unknown {
  return (item as { paper?: { id?: unknown } } | null)?.paper?.id ?? JSON.stringify(item); // every step may be missing
}

/** For a day without papers the Hub leads on to another list. */
function isElsewhere(asked: string, got: string): boolean {
  const period = askedBy(asked)?.period ?? null;
  const isList = /papers\b/.test(new URL(got).pathname); // a page to log in is none
  return period !== null && isList && asked !== got && askedBy(got)?.period !== period;
}

function nothing(asked: string, got: string): HubAnswer {
  const problems = [`${asked}: no papers there, it leads on to ${got}`];
  return { source: openBody(asked, asked, Buffer.from("[]")), problems, partial: false };
}

function toItems(body: Buffer): unknown[] | null {
  try {
    const json: unknown = JSON.parse(body.toString("utf8"));
    return Array.isArray(json) ? json : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null; // the formats say what it is, or that none knows it
    throw error;
  }
}
