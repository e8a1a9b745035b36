import { toDay, toHubDay } from "@/lib/days";
import { askHub, findLatestDay, type HubRequest, hubAddresses } from "@/lib/imports/hub";
import { databaseValidators, recordUnchanged } from "@/lib/imports/refresh";
import { isSettled, markIncomplete } from "@/lib/imports/settled";
import { scrapeDays } from "./days";
import { type AskedOfHub, isSince } from "./options";
import { formatReport } from "./report";
import { attempt, type Run, scrapeOne } from "./run";
import { scrapeSource } from "./sources";

/** Whether everything requested from Hugging Face or arXiv was imported. */
export async function scrapeHub(asked: AskedOfHub, run: Run): Promise<boolean> {
  const { db, network, progress, clock, hub } = run;
  if (asked === "latest") {
    return attempt(hub, run, async () =>
      scrapeList({ kind: "day", period: await findLatestDay(network, hub) }, run),
    );
  }
  if ("arxiv" in asked) return scrapeSource(new URL(`/atom/${asked.arxiv}`, run.arxiv).href, run);
  if (!isSince(asked)) return attempt(nameOf(asked), run, () => scrapeList(asked, run), { asked });
  const until = asked.until ?? toHubDay(new Date(clock.now()));
  if (asked.since > until) {
    progress.say(`scrape: ${asked.since} has not started on Hugging Face yet; nothing to fetch`);
    return true;
  }
  return scrapeDays(asked.since, until, {
    isSettled: async (day) => db !== null && isSettled(db, day, new Date(clock.now())),
    scrapeDay: async (day) => {
      let why: unknown;
      const request: HubRequest = { kind: "day", period: day };
      const tell = (error: unknown) => {
        why = error;
      };
      const allRead = await attempt(day, run, () => scrapeList(request, run), { tell, asked: request });
      return { allRead, why };
    },
    progress,
    clock,
  });
}

function nameOf({ kind, period, query }: HubRequest): string {
  return period ?? (query === undefined ? kind : `search for "${query}"`);
}

async function scrapeList(request: HubRequest, run: Run): Promise<boolean> {
  if (run.options.verbose) run.progress.say(`${nameOf(request)}: fetching from ${run.hub}`);
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
  for (const problem of problems) run.progress.say(problem);
  const begun = new Date();
  const about = { pageDate, kind: kindGiven, today: toDay(begun), bodies: run.bodies, asked: request };
  const allRead = await scrapeOne(source, nameOf(request), run, about);
  if (partial && run.db && isDay) await markIncomplete(run.db, period, begun, problems.join("; "));
  if (!partial && allRead && run.db) await remember(); // report rejected entries again
  return allRead && !partial;
}
