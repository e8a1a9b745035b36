import { type Day, isDay } from "../days";
import { isMarkup } from "../listings/formats/open-markup";
import type { Kind } from "../listings/listing";
import { openBody } from "../listings/open-source";
import { requestIn } from "../listings/place-in-time";
import type { Source } from "../listings/source";
import { type Answer, FetchError, type Network, type NotModified } from "../net/fetch";
import type { Validators } from "../net/validators";
import { perPage, readFollowingPages, toItems } from "./hub-pages";

/** A list on Hugging Face. `period` is the day, week or month, `query` the text of a search. */
export type HubRequest = { kind: Exclude<Kind, "library">; period: string | null; query?: string };

/** The answer of Hugging Face. `problems` are lines about what is missing; `partial` means something is. */
export type HubAnswer = {
  source: Source;
  problems: string[];
  partial: boolean;
  /** To be called after saving. From then on, requests ask only whether the list has changed. */
  remember: () => Promise<void>;
};

const parameterNames = { day: "date", week: "week", month: "month" } as const;

/** The addresses of a list, in the API and as a page. */
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
    api.searchParams.set(parameterNames[kind], period);
    page.pathname = `/papers/${parameterNames[kind]}/${period}`;
  }
  api.searchParams.set("limit", String(perPage));
  return { api: api.href, page: page.href };
}

/** The latest day with a list, taken from the entries of the API's default answer. Throws if they name none. */
export async function findLatestDay(network: Network, base: string): Promise<Day> {
  const { api } = hubAddresses(base, { kind: "day", period: null });
  const items = toItems((await network.get(api)).body) ?? [];
  const days = items.flatMap((item) => dayOf(item) ?? []).sort();
  const latest = days.at(-1);
  if (latest === undefined) throw new Error(`${api}: expected entries that name their day, got none`);
  return latest;
}

function dayOf(item: unknown): Day | null {
  const paper = (item as { paper?: { submittedOnDailyAt?: unknown } } | null)?.paper; // any part may be missing
  const day = String(paper?.submittedOnDailyAt ?? "").slice(0, 10);
  return isDay(day) ? day : null;
}

/**
 * Fetches a list from Hugging Face: from its API, page by page, or from its HTML page if the API is gone. With
 * `validators`, the answer may be that nothing has changed. Throws a FetchError if nothing arrived, or HTML that is not
 * this list.
 */
export async function askHub(network: Network, base: string, request: HubRequest): Promise<HubAnswer>;
export async function askHub(
  network: Network,
  base: string,
  request: HubRequest,
  validators: Validators | undefined,
): Promise<HubAnswer | NotModified>;
export async function askHub(
  network: Network,
  base: string,
  request: HubRequest,
  validators?: Validators,
): Promise<HubAnswer | NotModified> {
  const { api, page } = hubAddresses(base, request);
  let first: Answer | NotModified;
  try {
    first = await network.get(api, await validators?.get(api));
  } catch (error) {
    if (!(error instanceof FetchError && (error.status === 404 || error.status === 410))) throw error;
    const { url, body } = await network.get(page);
    if (isOtherList(page, url)) return emptyAnswer(page, url);
    if (url !== page && requestIn(url) === null)
      throw new FetchError(`${api}: ${error.message}; its page redirects to ${url}`, null);
    return completeAnswer(openBody(page, url, body), [`${api}: ${error.message}; read its page`]);
  }
  if ("notModified" in first) return first;
  const { url, body, validator } = first;
  if (isOtherList(api, url)) return emptyAnswer(api, url);
  const items = toItems(body);
  // If the API redirects to the page of the same list, uses that page.
  const isPage = url !== api && requestIn(url)?.kind === request.kind;
  if (!items && !isPage && isMarkup(body.toString("utf8", 0, 100)))
    throw new FetchError(`expected JSON, got HTML${url === api ? "" : `: it redirects to ${url}`}`, null);
  if (!items) {
    const answer = completeAnswer(openBody(api, api, body), []);
    // From a damaged or truncated list, uses the complete entries, and reports the rest as missing.
    if (!/^\s*\[/.test(body.toString("utf8", 0, 100))) return answer;
    return { ...answer, partial: true, problems: [`${api}: expected a whole list, got a damaged one`] };
  }
  const { pages, problem } = await readFollowingPages(network, api, first, items);
  return {
    source: openBody(api, api, Buffer.from(JSON.stringify(items))),
    problems: problem ? [problem] : [],
    partial: problem !== null,
    // The validator covers only the first page; changes on a later one would never be noticed.
    remember: async () => {
      if (pages === 1 && validator) await validators?.set(api, validator);
    },
  };
}

function completeAnswer(source: Source, problems: string[]): HubAnswer {
  return { source, problems, partial: false, remember: async () => {} };
}

/** For a day without papers, Hugging Face redirects to another list. */
function isOtherList(requested: string, got: string): boolean {
  const period = requestIn(requested)?.period ?? null;
  const isList = /papers\b/.test(new URL(got).pathname); // a login page is not a list
  return period !== null && isList && requested !== got && requestIn(got)?.period !== period;
}

function emptyAnswer(requested: string, got: string): HubAnswer {
  const problems = [`${requested}: no papers there, it redirects to ${got}`];
  return completeAnswer(openBody(requested, requested, Buffer.from("[]")), problems);
}
