import { toDay, toHubDay } from "@/lib/days";
import { openBodies } from "@/lib/imports/bodies";
import { askHub, findLatestDay, type HubRequest, hubAddresses } from "@/lib/imports/hub";
import { isSettled, markIncomplete } from "@/lib/imports/settled";
import { databaseValidators, recordUnchanged } from "@/lib/imports/unchanged";
import { scrapeDays } from "./days";
import { isSince, type ScrapeRequest } from "./options";
import { formatReport } from "./report";
import { attempt, type Run, scrapeOne } from "./run";
import { scrapeSource } from "./sources";

/** Whether everything requested from Hugging Face or arXiv was imported. */
export async function scrapeHub(request: ScrapeRequest, run: Run): Promise<boolean> {
  const { db, network, progress, clock, hub } = run;
  if (request === "latest") {
    return attempt(hub, run, async () =>
      scrapeList({ kind: "day", period: await findLatestDay(network, hub) }, run),
    );
  }
  if ("arxiv" in request) return scrapeSource(new URL(`/atom/${request.arxiv}`, run.arxiv).href, run);
  if (!isSince(request))
    return attempt(nameOf(request), run, () => scrapeList(request, run), { requested: request });
  const until = request.until ?? toHubDay(new Date(clock.now()));
  if (request.since > until) {
    progress.print(`scrape: ${request.since} has not started on Hugging Face yet; nothing to fetch`);
    return true;
  }
  return scrapeDays(request.since, until, {
    isSettled: async (day) => db !== null && isSettled(db, day, new Date(clock.now())),
    scrapeDay: async (day) => {
      let why: unknown;
      const list: HubRequest = { kind: "day", period: day };
      const onError = (error: unknown) => {
        why = error;
      };
      const allImported = await attempt(day, run, () => scrapeList(list, run), { onError, requested: list });
      return { allImported, why };
    },
    progress,
    clock,
  });
}

function nameOf({ kind, period, query }: HubRequest): string {
  return period ?? (query === undefined ? kind : `search for "${query}"`);
}

async function scrapeList(request: HubRequest, run: Run): Promise<boolean> {
  if (run.options.verbose) run.progress.print(`${nameOf(request)}: fetching from ${run.hub}`);
  const { kind, period } = request;
  const { pageDate, kind: kindGiven } = run.options;
  const isDay = kind === "day" && period !== null;
  const validators = run.db && isDay && kindGiven === null ? databaseValidators(run.db) : undefined;
  let answer = await askHub(run.network, run.hub, request, validators);
  if ("notModified" in answer) {
    const before = run.db && period !== null && (await recordUnchanged(run.db, period));
    if (before) {
      const from = hubAddresses(run.hub, request).api;
      console.log(formatReport(before, { name: from, url: from }, [], new Map(), run.options));
      return true;
    }
    answer = await askHub(run.network, run.hub, request);
  }
  const { source, problems, partial, remember } = answer;
  for (const problem of problems) run.progress.print(problem);
  const startedAt = new Date();
  const options = {
    pageDate,
    kind: kindGiven,
    today: toDay(startedAt),
    bodies: run.db && openBodies(run.db),
    requested: request,
  };
  const allImported = await scrapeOne(source, nameOf(request), run, options);
  if (partial && run.db && isDay) await markIncomplete(run.db, period, startedAt, problems.join("; "));
  if (!partial && allImported && run.db) await remember(); // report rejected entries again
  return allImported && !partial;
}
