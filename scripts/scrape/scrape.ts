import path from "node:path";
import { toDay, toHubDay } from "@/lib/days";
import { type Database, openDatabase } from "@/lib/db/open-database";
import { databaseProblem } from "@/lib/db/troubles";
import { readEnv } from "@/lib/env";
import type { BodyStore } from "@/lib/imports/bodies";
import { recordFailure } from "@/lib/imports/history";
import { askHub, findLatestDay, type HubRequest, hubAddresses } from "@/lib/imports/hub";
import { type ImportOptions, importSource } from "@/lib/imports/import";
import { prepareLibrary } from "@/lib/imports/prepare-library";
import { databaseValidators, recordUnchanged } from "@/lib/imports/refresh";
import { isSettled, markIncomplete } from "@/lib/imports/settled";
import type { Batch, ListingHead, Rejection } from "@/lib/listings/listing";
import { listFiles, openBody, openFile, type Source } from "@/lib/listings/read-source";
import { type Network, openNetwork, patient } from "@/lib/net/fetch";
import { openHostTurns } from "@/lib/net/host-turns";
import { type Clock, realClock } from "@/lib/net/pace";
import { escapeControls, printable } from "@/lib/printable";
import { parseOnThread } from "../lines-ahead";
import { openProgress, type Progress } from "../progress";
import { forget, refreshDays, replay } from "./again";
import { scrapeDays } from "./days";
import {
  type Asked,
  type AskedOfHub,
  type Options,
  readOptions,
  shortUsage,
  UsageError,
  usage,
} from "./options";
import { addNotes, errorMessage, figuresOf, formatReport, type Notes, noteLines } from "./report";

/** What every step of a run needs. */
export type Run = {
  options: Options;
  db: Database | null;
  network: Network;
  progress: Progress;
  hub: string;
  bodies: BodyStore;
  arxiv: string;
  clock: Clock;
  /** The number of entries so far. */
  listed: number;
  /** Warnings printed only once, however many listings they apply to. */
  saidOnce: Set<string>;
};

/** Runs the scraper with the words after `npm run scrape --`. Returns the exit code. */
export async function main(words: string[], clock: Clock = realClock): Promise<number> {
  try {
    const options = readOptions(words);
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
  process.once("SIGINT", interrupt);
  const { databaseUrl, hubUrl, arxivUrl, bodies } = readEnv();
  const progress = openProgress("scrape");
  const isLong = isSince(options.asked) || options.asked === "refresh";
  if (!options.dryRun)
    await prepareLibrary((done, of) =>
      progress.show(
        done,
        of,
        `rebuilding the search index, ${done.toLocaleString("en")} of ${of.toLocaleString("en")} papers`,
      ),
    );
  // Waits long for another import's transaction, because no reader waits for this process.
  const db = options.dryRun ? null : openDatabase(databaseUrl, 60_000);
  const servers = { hub: hubUrl, arxiv: arxivUrl };
  const network = openNetwork({
    ...(isLong ? patient : {}),
    clock,
    trusted: [hubUrl, arxivUrl, ...options.sources],
    turns: db ? openHostTurns(db) : undefined,
    tell: (line) => progress.say(line),
  });
  const run = {
    options,
    db,
    network,
    progress,
    clock,
    ...servers,
    bodies,
    listed: 0,
    saidOnce: new Set<string>(),
  };
  const begun = performance.now();
  try {
    const allRead = await scrapeAsked(run);
    if (options.verbose) run.progress.say(figuresOf(run.listed, (performance.now() - begun) / 1000));
    return allRead ? 0 : 1;
  } finally {
    process.off("SIGINT", interrupt);
    run.progress.end();
    await network.close();
    await db?.$disconnect();
  }
}

async function scrapeAsked(run: Run): Promise<boolean> {
  const { asked, sources } = run.options;
  if (asked === "refresh")
    return refreshDays(run, (outcome) => {
      console.log(formatReport(outcome, { name: run.hub, url: run.hub }, [], new Map(), run.options));
      sayOnce(outcome.storeProblem, run);
    });
  if (asked === "replay") {
    return replay(run, (source, about) =>
      attempt(source.name, run, () => scrapeOne(source, source.name, run, about)),
    );
  }
  if (typeof asked === "object" && "forget" in asked) return forget(asked.forget, run);
  if (sources.length === 0) return scrapeHub(asked, run);
  let allRead = true;
  for (const source of sources) allRead = (await scrapeSource(source, run)) && allRead;
  return allRead;
}

function interrupt(): void {
  console.error("scrape: interrupted; what was saved stays, run it again to import the rest");
  process.exit(130); // a transaction in progress rolls back when the process ends
}

// npm runs programs in the project's folder, but file names are relative to the folder the user is in.
const standing = process.env.INIT_CWD || process.cwd();

/** Whether everything at an address, in a file, or in every file of a folder was imported. */
async function scrapeSource(source: string, run: Run): Promise<boolean> {
  if (/^https?:\/\//i.test(source)) {
    return attempt(source, run, async () => {
      const { url, body } = await run.network.get(source);
      return scrapeOne(openBody(source, url, body), source, run);
    });
  }
  let files: string[] = [];
  let allRead = true;
  const whole = source === "-" ? source : path.resolve(standing, source);
  // As the user wrote it: relative to their folder, or absolute.
  const toName = (file: string) => (path.isAbsolute(source) ? file : path.relative(standing, file) || ".");
  const look = async () => {
    files = await listFiles(whole, async (file, why) => {
      allRead = await attempt(toName(file), run, () => Promise.reject(why), { source: file });
    });
    return allRead;
  };
  allRead = await attempt(source === "-" ? source : toName(whole), run, look, { source: whole });
  for (const [index, file] of files.entries()) {
    if (files.length > 1) run.progress.show(index, files.length, `${index} of ${files.length} files`);
    const name = file === "-" ? "standard input" : toName(file);
    const step = async () => scrapeOne(await openFile(file), name, run);
    allRead = (await attempt(name, run, step, { source: file })) && allRead;
  }
  return allRead;
}

/** Whether everything requested from Hugging Face or arXiv was imported. */
async function scrapeHub(asked: AskedOfHub, run: Run): Promise<boolean> {
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

function isSince(asked: Asked): asked is Extract<AskedOfHub, { since: unknown }> {
  return typeof asked === "object" && "since" in asked;
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

type Attempt = {
  tell?: (error: unknown) => void;
  /** What the failed step was about. */
  asked?: HubRequest;
  /** Its name in the import log, if that differs. */
  source?: string;
};

/** If a step fails, prints one line on standard error, logs the import, and returns false. */
async function attempt(
  name: string,
  { progress, db }: Run,
  step: () => Promise<boolean>,
  { tell, asked, source = name }: Attempt = {},
): Promise<boolean> {
  try {
    return await step();
  } catch (error) {
    tell?.(error);
    const message = errorMessage(error, source);
    progress.say(`${name}: not read: ${message}`);
    // A full or locked library could not store this either.
    if (db && databaseProblem(error) === null)
      await recordFailure(db, source, asked ?? { kind: null, period: null }, message);
    return false;
  }
}

async function scrapeOne(source: Source, name: string, run: Run, about?: ImportOptions): Promise<boolean> {
  const { options, db, progress, bodies } = run;
  const { pageDate, kind, dryRun, json } = options;
  if (options.verbose) progress.say(`${name}: importing`);
  const rejections: Rejection[] = [];
  const notes: Notes = new Map();
  let heard = 0;
  const onBatch = (head: ListingHead, batch: Batch, lines: number | null) => {
    if (dryRun && json) {
      if (!process.stdout.writable) process.exit(0); // the reader of the output has closed it
      for (const { paper } of batch.entries)
        console.log(escapeControls(JSON.stringify({ ...paper, kind: head.kind, format: head.format })));
    }
    for (const { entry, reason, excerpt } of batch.rejections)
      progress.say(`${name}: entry ${entry}: ${reason}: ${excerpt}`);
    addNotes(notes, batch.entries);
    if (json) rejections.push(...batch.rejections);
    const some = batch.entries.length + batch.rejections.length;
    heard += some;
    run.listed += some;
    if (head.format === "jsonl") {
      const of = lines === null ? "" : ` of ${lines.toLocaleString("en")}`;
      progress.show(heard, lines, `${name}, ${heard.toLocaleString("en")}${of} papers`);
    }
  };
  const outcome = await importSource(
    source,
    about ?? { pageDate, kind, today: toDay(new Date()), bodies, parseMany: parseOnThread },
    db,
    onBatch,
  );
  if (!(dryRun && json)) console.log(formatReport(outcome, source, rejections, notes, options));
  for (const line of noteLines(notes)) progress.say(`${name}: ${line}`);
  if (outcome.broken !== null)
    progress.say(`${name}: stopped before the end, the papers before that are saved: ${outcome.broken}`);
  sayOnce(outcome.storeProblem, run);
  return outcome.counts.rejected === 0 && outcome.broken === null;
}

function sayOnce(line: string | null, { progress, saidOnce }: Run): void {
  if (line === null || saidOnce.has(line)) return;
  saidOnce.add(line);
  progress.say(line);
}
