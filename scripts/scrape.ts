import path from "node:path";
import { parseArgs } from "node:util";
import { isDay, toDay } from "@/lib/days";
import { type Database, openDatabase } from "@/lib/db/open-database";
import { readEnv } from "@/lib/env";
import { type Kind, kinds, type Listing } from "@/lib/ingest/listing";
import { parseListing } from "@/lib/ingest/parse";
import { prepareLibrary } from "@/lib/ingest/prepare-library";
import { listFiles, readBody } from "@/lib/ingest/read-source";
import { type Counts, saveListing } from "@/lib/ingest/save";

const usage = `npm run scrape -- SOURCE… [options]

Reads daily-papers listings into the library. SOURCE is a file, a folder (every file in it
and below), or - for standard input; .gz is unpacked. The format is found from the body:
text (the Hub's papers page as plain text) or hf-api (an answer of its JSON API).

  --page-date DAY   the day on which a saved listing was taken, YYYY-MM-DD
  --kind KIND       what a saved listing is, where it does not say: ${kinds.join(", ")}
  --dry-run         read and report, write nothing
  --json            a line of JSON a listing; with --dry-run, a line a paper
  --verbose         say more on standard error
  --help            this text

Exit: 0 all read · 1 something was rejected or could not be read · 2 wrong usage · 130 interrupted`;

type Options = {
  sources: string[];
  pageDate: string | null;
  kind: Kind | null;
  dryRun: boolean;
  json: boolean;
  verbose: boolean;
};

class UsageError extends Error {}

/** Runs the scraper with the words after `npm run scrape --`; returns the exit code. */
export async function main(words: string[]): Promise<number> {
  try {
    const options = readOptions(words);
    if (options) return await scrape(options);
    console.log(usage);
    return 0;
  } catch (error) {
    if (error instanceof UsageError) {
      console.error(`scrape: ${error.message}\n\n${usage}`);
      return 2;
    }
    console.error(`scrape: ${messageOf(error)}`);
    return 1;
  }
}

function readOptions(words: string[]): Options | null {
  const flag = { type: "boolean", default: false } as const;
  const { values, positionals } = parse();
  if (values.help) return null;
  const pageDate = values["page-date"] ?? null;
  if (pageDate !== null && !isDay(pageDate))
    throw new UsageError(`--page-date: expected a day, YYYY-MM-DD, got "${pageDate}"`);
  const kind = kinds.find((known) => known === values.kind) ?? null;
  if (values.kind !== undefined && !kind)
    throw new UsageError(`--kind: expected one of ${kinds.join(", ")}, got "${values.kind}"`);
  if (positionals.length === 0) throw new UsageError("expected at least one SOURCE, got none");
  return {
    sources: positionals,
    pageDate,
    kind,
    dryRun: values["dry-run"],
    json: values.json,
    verbose: values.verbose,
  };

  function parse() {
    try {
      return parseArgs({
        args: words,
        allowPositionals: true,
        options: {
          "page-date": { type: "string" },
          kind: { type: "string" },
          "dry-run": flag,
          json: flag,
          verbose: flag,
          help: { ...flag, short: "h" },
        },
      });
    } catch (error) {
      throw new UsageError(messageOf(error));
    }
  }
}

async function scrape(options: Options): Promise<number> {
  process.once("SIGINT", () => {
    console.error("scrape: interrupted; what was saved stays, a second run finishes the rest");
    process.exit(130); // a transaction under way is rolled back by its absence
  });
  const { databaseUrl } = readEnv();
  if (!options.dryRun) await prepareLibrary();
  // Waits long for another scrape's transaction: nobody reads at this end.
  const db = options.dryRun ? null : openDatabase(databaseUrl, 60_000);
  try {
    let allRead = true;
    for (const source of options.sources) allRead = (await scrapeSource(source, options, db)) && allRead;
    return allRead ? 0 : 1;
  } finally {
    await db?.$disconnect();
  }
}

// npm runs us in the project's folder; what the user names is relative to where the user stands.
const standing = process.env.INIT_CWD || process.cwd();

/** True where all of a file, or of every file in a folder, was read. */
async function scrapeSource(source: string, options: Options, db: Database | null): Promise<boolean> {
  let files: string[];
  try {
    files = await listFiles(source === "-" ? source : path.resolve(standing, source));
  } catch (error) {
    console.error(`${source}: not read: ${messageOf(error)}`);
    return false;
  }
  let allRead = true;
  for (const file of files) {
    const name = file === "-" ? "standard input" : path.relative(standing, file);
    try {
      if (options.verbose) console.error(`${name}: reading`);
      allRead = (await scrapeFile(file, name, options, db)) && allRead;
    } catch (error) {
      allRead = false;
      console.error(`${name}: not read: ${messageOf(error)}`);
    }
  }
  return allRead;
}

async function scrapeFile(
  file: string,
  name: string,
  options: Options,
  db: Database | null,
): Promise<boolean> {
  const body = await readBody(file);
  const { pageDate, kind } = options;
  const listing = parseListing(body, { source: file, url: null, pageDate, kind, today: toDay(new Date()) });
  const counts = db && (await saveListing(db, listing, { source: file, url: null, body, at: new Date() }));
  report(listing, file, counts, options);
  for (const { entry, reason, excerpt } of listing.rejections) {
    console.error(`${name}: entry ${entry}: ${reason}: ${excerpt}`);
  }
  return listing.rejections.length === 0;
}

function report(listing: Listing, source: string, saved: Counts | null, options: Options): void {
  const { format, kind, period, listedOn, listedOnInferred, entries, rejections } = listing;
  if (!saved && options.json) {
    for (const { paper } of entries) console.log(JSON.stringify({ ...paper, kind, format }));
    return;
  }
  const rejected = rejections.length;
  const listed = entries.length + rejected;
  if (options.json) {
    const about = { source, format, kind, listedOn, listedOnInferred, url: null };
    console.log(JSON.stringify({ listing: about, ...saved, errors: rejections }));
    return;
  }
  const what = kind === "day" ? format : `${format} ${kind}`;
  const unplaced = kind === "day" ? `${path.basename(source)} ${format}` : `${kind} ${format}`;
  const head = period === null ? unplaced : `${period} ${what}`;
  console.log(
    saved
      ? `${head}: ${listed} listed, ${saved.new} new, ${saved.updated} updated, ${saved.unchanged} unchanged, ${rejected} rejected`
      : `${head}: ${listed} listed, ${rejected} rejected, nothing written`,
  );
}

/** An error in one line: in words where the system has only a code, the last line of what Prisma says in many. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error ? error.code : undefined;
  if (code === "ENOENT") return "expected a file or a folder, there is none of this name";
  if (code === "EACCES" || code === "EPERM") return "may not be read (no permission)";
  return error.message.trim().split("\n").at(-1) ?? error.message;
}
