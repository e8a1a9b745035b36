import { learnPriors } from "@/lib/catalog/learn-priors";
import { toDay } from "@/lib/days";
import type { Database } from "@/lib/db/client";
import { databaseProblem } from "@/lib/db/problem";
import { openBodies } from "@/lib/imports/bodies";
import { recordFailure } from "@/lib/imports/history";
import type { HubRequest } from "@/lib/imports/hub";
import { importSource } from "@/lib/imports/import";
import type { ImportOptions } from "@/lib/imports/import-options";
import type { Batch, ListingHead, Rejection } from "@/lib/listings/listing";
import type { Source } from "@/lib/listings/source";
import type { Network } from "@/lib/net/fetch";
import type { Clock } from "@/lib/net/pace";
import { escapeControls } from "@/lib/printable";
import type { Priors } from "@/lib/tags/priors";
import { parseOnThread } from "../parse-on-thread";
import type { Progress } from "../progress";
import type { Options } from "./options";
import { addNotes, errorMessage, formatReport, type Notes, noteLines } from "./report";

/** What every step of a run needs. */
export type Run = {
  options: Options;
  db: Database | null;
  network: Network;
  /** For pictures: slower, because nobody waits for them. */
  pictures: Network;
  progress: Progress;
  hub: string;
  arxiv: string;
  clock: Clock;
  /** What tags of new texts are based on, once something was imported. */
  priors: Priors | undefined;
  /** The number of entries so far. */
  listed: number;
  /** Warnings printed only once, however many listings they apply to. */
  printedWarnings: Set<string>;
};

type Attempt = {
  onError?: (error: unknown) => void;
  /** What the failed step was about. */
  requested?: HubRequest;
  /** Its name in the import log, if that differs. */
  source?: string;
};

/** If a step fails, prints one line on standard error, logs the import, and returns false. */
export async function attempt(
  name: string,
  { progress, db }: Run,
  step: () => Promise<boolean>,
  { onError, requested, source = name }: Attempt = {},
): Promise<boolean> {
  try {
    return await step();
  } catch (error) {
    onError?.(error);
    const message = errorMessage(error, source);
    progress.print(`${name}: not read: ${message}`);
    // A full or locked library could not store this either.
    if (db && databaseProblem(error) === null)
      await recordFailure(db, source, requested ?? { kind: null, period: null }, message);
    return false;
  }
}

/** Imports one source and prints the result. Returns whether all of it was imported. */
export async function scrapeOne(
  source: Source,
  name: string,
  run: Run,
  importOptions?: ImportOptions,
): Promise<boolean> {
  const { options, db, progress } = run;
  const bodies = db && openBodies(db);
  const { pageDate, kind, dryRun, json } = options;
  if (options.verbose) progress.print(`${name}: importing`);
  const rejections: Rejection[] = [];
  const notes: Notes = new Map();
  let count = 0;
  let hasMarks = false;
  const onBatch = (head: ListingHead, batch: Batch, lines: number | null) => {
    if (dryRun && json) {
      if (!process.stdout.writable) process.exit(0); // the reader of the output has closed it
      for (const { paper } of batch.entries)
        console.log(escapeControls(JSON.stringify({ ...paper, kind: head.kind, format: head.format })));
    }
    for (const { entry, reason, excerpt } of batch.rejections)
      progress.print(`${name}: entry ${entry}: ${reason}: ${excerpt}`);
    addNotes(notes, batch.entries);
    hasMarks ||= head.kind === "library" && batch.entries.some(({ brought }) => brought);
    if (json) rejections.push(...batch.rejections);
    const size = batch.entries.length + batch.rejections.length;
    count += size;
    run.listed += size;
    if (head.format === "jsonl") {
      const of = lines === null ? "" : ` of ${lines.toLocaleString("en")}`;
      progress.show(count, lines, `${name}, ${count.toLocaleString("en")}${of} papers`);
    }
  };
  if (db) run.priors ??= await learnPriors(db);
  const outcome = await importSource(
    source,
    {
      ...(importOptions ?? { pageDate, kind, today: toDay(new Date()), bodies, parseMany: parseOnThread }),
      priors: run.priors,
    },
    db,
    onBatch,
  );
  if (!(dryRun && json)) console.log(formatReport(outcome, source, rejections, notes, options));
  for (const line of noteLines(notes)) progress.print(`${name}: ${line}`);
  if (hasMarks)
    progress.print(
      `${name}: only its papers are imported; the page Add papers (/add) also brings bookmarks, notes, lists and tags`,
    );
  if (outcome.broken !== null)
    progress.print(`${name}: stopped before the end, the papers before that are saved: ${outcome.broken}`);
  warnOnce(outcome.storeProblem, run);
  return outcome.counts.rejected === 0 && outcome.broken === null;
}

/** Prints a warning, unless this run has printed it already. */
export function warnOnce(line: string | null, { progress, printedWarnings }: Run): void {
  if (line === null || printedWarnings.has(line)) return;
  printedWarnings.add(line);
  progress.print(line);
}
