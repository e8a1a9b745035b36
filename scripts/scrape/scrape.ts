import { setTimeout as sleep } from "node:timers/promises";
import { closeDatabase, openDatabase } from "@/lib/db/client";
import { readEnv } from "@/lib/env";
import { prepareLibrary } from "@/lib/imports/prepare-library";
import { backgroundLimits, openNetwork } from "@/lib/net/fetch";
import { type HostTurns, openHostTurns } from "@/lib/net/host-turns";
import { arxivSpacingMs, type Clock, realClock } from "@/lib/net/pace";
import { printable } from "@/lib/printable";
import { matchWatches } from "@/lib/readers/watch-matches";
import { openProgress } from "../progress";
import { scrapeHub } from "./hub";
import { forget, refreshDays, replay } from "./library-tasks";
import { isSince, type Options, readOptions, shortUsage, UsageError, usage } from "./options";
import { scrapePictures } from "./pictures";
import { errorMessage, figuresOf, formatReport } from "./report";
import { attempt, type Run, scrapeOne, warnOnce } from "./run";
import { scrapeSource } from "./sources";

/** Runs the scraper with its command-line arguments. Returns the exit code. */
export async function main(args: string[], clock: Clock = realClock): Promise<number> {
  try {
    const options = readOptions(args);
    if (options) return await scrape(options, clock);
    console.log(usage);
    return 0;
  } catch (error) {
    if (error instanceof UsageError) {
      console.error(printable(`scrape: ${error.message}\n${shortUsage}`));
      return 2;
    }
    console.error(printable(`scrape: ${errorMessage(error)}`));
    return 1;
  }
}

async function scrape(options: Options, clock: Clock): Promise<number> {
  let turns: HostTurns | undefined;
  const onInterrupt = () => void interrupt(turns);
  process.once("SIGINT", onInterrupt);
  const { databaseUrl, hubUrl, arxivUrl } = readEnv();
  const progress = openProgress("scrape");
  const { task } = options;
  const isLong = isSince(task) || (typeof task === "object" && "refresh" in task && task.refresh === null);
  if (!options.dryRun)
    await prepareLibrary((done, of) =>
      progress.show(
        done,
        of,
        `rebuilding the search index, ${done.toLocaleString("en")} of ${of.toLocaleString("en")} papers`,
      ),
    );
  // Waits up to a minute for another import's transaction, because no reader is waiting for this process.
  const db = options.dryRun ? null : openDatabase(databaseUrl, 60_000);
  const servers = { hub: hubUrl, arxiv: arxivUrl };
  turns = db ? openHostTurns(db) : undefined;
  const shared = {
    clock,
    trusted: [hubUrl, arxivUrl, ...options.sources],
    turns,
    onLongWait: (line: string) => progress.print(line),
  };
  const network = openNetwork({ ...(isLong ? backgroundLimits : {}), ...shared });
  const pictures = openNetwork({ ...backgroundLimits, ...pictureLimits, ...shared });
  const run = {
    options,
    db,
    network,
    pictures,
    progress,
    clock,
    ...servers,
    listed: 0,
    printedWarnings: new Set<string>(),
    priors: undefined,
  };
  const startedAt = performance.now();
  try {
    const allImported = await runTask(run);
    if (db) await matchWatches();
    if (!isOffline(options)) await scrapePictures(run);
    if (options.verbose) run.progress.print(figuresOf(run.listed, (performance.now() - startedAt) / 1000));
    return allImported ? 0 : 1;
  } finally {
    process.off("SIGINT", onInterrupt);
    run.progress.end();
    await network.close();
    await pictures.close();
    await db?.$disconnect();
    await closeDatabase();
  }
}

async function runTask(run: Run): Promise<boolean> {
  const { task, sources } = run.options;
  if (typeof task === "object" && "refresh" in task)
    return refreshDays(run, task.refresh, (outcome) => {
      console.log(formatReport(outcome, { name: run.hub, url: run.hub }, [], new Map(), run.options));
      warnOnce(outcome.storeProblem, run);
    });
  if (task === "replay") {
    return replay(run, (source, about) =>
      attempt(source.name, run, () => scrapeOne(source, source.name, run, about)),
    );
  }
  if (task === "pictures") return true; // they are fetched after every task
  if (typeof task === "object" && "forget" in task) return forget(task.forget, run);
  if (sources.length === 0) return scrapeHub(task, run);
  let allImported = true;
  for (const source of sources) allImported = (await scrapeSource(source, run)) && allImported;
  return allImported;
}

/** Whether the task is one that must not use the network. */
function isOffline({ task }: Options): boolean {
  return task === "replay" || (typeof task === "object" && "forget" in task);
}

// A picture can wait for the next import, so a host gets fewer chances than for a listing.
const pictureLimits = { tries: 2, patienceMs: 60_000 };

const maxReleaseMs = 2000;

async function interrupt(turns: HostTurns | undefined): Promise<void> {
  console.error("scrape: interrupted; what was saved stays, run it again to import the rest");
  process.once("SIGINT", () => process.exit(130));
  // If this fails, the next run has to wait until the turn at the host expires.
  const left = turns?.leaveAll(Date.now() + arxivSpacingMs).catch(() => {});
  await Promise.race([left, sleep(maxReleaseMs)]);
  process.exit(130); // a transaction in progress rolls back when the process ends
}
