import { parseArgs } from "node:util";
import { type Day, isDay, isMonth, isWeek } from "@/lib/days";
import type { HubRequest } from "@/lib/imports/hub";
import { type Kind, kinds } from "@/lib/listings/listing";

// Only what other programs export is a library, and that says so itself.
const asked = kinds.filter((kind) => kind !== "library");

export const usage = `npm run scrape -- [SOURCE…] [options]

Imports listings of papers into the library. A SOURCE is an address, a file, a folder (every
file in and below it), or - for standard input; .gz files are unpacked. The format is
recognized from the content: text, hf-page, hf-api (the Hugging Face pages as plain text, as
HTML, and its JSON API), arxiv-atom, arxiv-rss, arxiv-html (arXiv's feeds, API and pages),
jsonl (one paper per line), bibtex, ris, csl-json (reference managers), netscape (exported
bookmarks) or ids (arXiv ids, one or more per line). Without a SOURCE, fetches from Hugging
Face or arXiv:

  --date DAY        one day, YYYY-MM-DD; without any of these options, the latest day
  --since DAY       every day from this one on, except days over two weeks ago that were
                    imported after they closed
  --until DAY       with --since: up to this day instead of the latest
  --week WEEK       a week, like 2025-W50
  --month MONTH     a month, YYYY-MM
  --trending        what is trending now
  --search TEXT     the results of a search on Hugging Face
  --arxiv CATEGORY  arXiv's announcements in a category: cs.CL, hep-th

  --refresh         fetch the last two weeks again, and any day missed since the last import,
                    up to 60 days back, as the server does on its schedule (REFRESH); with
                    --date, fetch that day, as the site's button does; one refresh runs at a
                    time
  --replay          import every stored listing file again, offline
  --pictures        only fetch the pictures of papers that are still missing
  --forget LISTING  remove a listing by its number, with the papers only it had

  --page-date DAY   the day a saved listing was taken, YYYY-MM-DD
  --kind KIND       what a saved listing is, if it does not say: ${asked.join(", ")}
  --dry-run         parse and report, write nothing
  --json            one line of JSON per listing; with --dry-run, one line per paper
  --verbose         more on standard error
  --help            this text

Exit: 0 all imported · 1 something was rejected or failed · 2 wrong usage · 130 interrupted`;

/**
 * What to fetch from Hugging Face: one list, the latest day's, or a range of days (null: up to today). Or arXiv's
 * announcements.
 */
export type ScrapeRequest = HubRequest | "latest" | { since: Day; until: Day | null } | { arxiv: string };

/** What to do without a SOURCE. `refresh` is a day, or null for all that need it; `forget` is the number of a listing. */
export type Task = ScrapeRequest | { refresh: Day | null } | "replay" | "pictures" | { forget: number };

/** Whether a range of days is to be fetched. */
export function isSince(task: Task): task is Extract<ScrapeRequest, { since: unknown }> {
  return typeof task === "object" && "since" in task;
}

export type Options = {
  sources: string[];
  /** Used only without sources. */
  task: Task;
  pageDate: Day | null;
  kind: Kind | null;
  dryRun: boolean;
  json: boolean;
  verbose: boolean;
};

export class UsageError extends Error {}

/** Printed after a mistake. The full usage would scroll the message out of sight. */
export const shortUsage = `${usage.split("\n")[0]}   (see --help)`;

// At most one of these.
const taskNames = [
  ...(["date", "since", "week", "month", "trending", "search", "arxiv"] as const),
  ...(["refresh", "replay", "pictures", "forget"] as const),
];

const writingTasks = new Set<string>(["refresh", "replay", "pictures", "forget"]);

/** Parses the command line. Null if it asks for help. Throws a UsageError that quotes what is wrong. */
export function readOptions(args: string[]): Options | null {
  const { values, positionals } = parse(args);
  if (values.help) return null;
  const kind = asked.find((known) => known === values.kind) ?? null;
  if (values.kind !== undefined && !kind)
    throw new UsageError(`--kind: expected one of ${asked.join(", ")}, got "${values.kind}"`);
  const named = taskNames.filter((name) => values[name] !== undefined && values[name] !== false);
  const isOneDay = values.refresh && values.date !== undefined && named.length === 2;
  if (named.length > 1 && !isOneDay)
    throw new UsageError(
      `expected one of ${named.map((name) => `--${name}`).join(" and ")}, got ${named.length === 2 ? "both" : "all of them"}`,
    );
  for (const source of positionals) checkSource(source);
  if (positionals.length > 0 && named.length > 0)
    throw new UsageError(`--${named[0]} takes no SOURCE, got "${positionals[0]}"`);
  const writing = named.find((name) => writingTasks.has(name));
  if (values["dry-run"] && writing)
    throw new UsageError(`--dry-run: expected something to import, got --${writing}, which always writes`);
  if (values.until !== undefined && values.since === undefined)
    throw new UsageError("--until: expected --since with it, got none");
  for (const name of ["page-date", "kind"] as const)
    if (values[name] !== undefined && positionals.length === 0)
      throw new UsageError(`--${name}: expected a SOURCE with it, got none`);
  const day = (name: "date" | "since" | "until" | "page-date") =>
    checked(name, values[name], isDay, "a day like 2025-12-11");
  return {
    sources: positionals,
    task: readTask(),
    pageDate: day("page-date"),
    kind,
    dryRun: values["dry-run"],
    json: values.json,
    verbose: values.verbose,
  };

  function readTask(): Task {
    if (values.refresh) return { refresh: day("date") };
    if (values.replay) return "replay";
    if (values.pictures) return "pictures";
    if (values.forget !== undefined) {
      if (!/^[1-9]\d{0,8}$/.test(values.forget))
        throw new UsageError(`--forget: expected the number of a listing, got "${values.forget}"`);
      return { forget: Number(values.forget) };
    }
    const since = day("since");
    const until = day("until");
    if (since !== null && until !== null && until < since)
      throw new UsageError(`--until: expected ${since} or later, got "${until}"`);
    if (since !== null) return { since, until };
    const date = day("date");
    if (date !== null) return { kind: "day", period: date };
    const week = checked("week", values.week, isWeek, "a week like 2025-W50");
    if (week !== null) return { kind: "week", period: week };
    const month = checked("month", values.month, isMonth, "a month like 2025-12");
    if (month !== null) return { kind: "month", period: month };
    const arxiv = checked("arxiv", values.arxiv, isCategory, "an arXiv category like cs.CL or hep-th");
    if (arxiv !== null) return { arxiv };
    if (values.trending) return { kind: "trending", period: null };
    if (values.search === undefined) return "latest";
    if (values.search.trim() === "" || values.search.length > 250)
      throw new UsageError(`--search: expected 1 to 250 characters, got ${values.search.length}`);
    return { kind: "search", period: null, query: values.search };
  }
}

/** An empty string usually comes from an unset shell variable. It must not mean the current folder. */
function checkSource(source: string): void {
  if (source.trim() === "") throw new UsageError(`expected a SOURCE, got "${source}"`);
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(source) && !/^https?:/i.test(source))
    throw new UsageError(`expected an address that begins with https:// or http://, got "${source}"`);
}

/** Checks only the form: an archive, possibly with a subject. Only arXiv knows which ones exist. */
function isCategory(text: string): boolean {
  return /^[a-z]+(-[a-z]+)?(\.[A-Za-z]+(-[a-z]+)?)?$/.test(text);
}

function checked(
  name: string,
  value: string | undefined,
  fits: (value: string) => boolean,
  expected: string,
): string | null {
  if (value === undefined) return null;
  if (!fits(value)) throw new UsageError(`--${name}: expected ${expected}, got "${value}"`);
  return value;
}

function parse(args: string[]) {
  const flag = { type: "boolean", default: false } as const;
  const text = { type: "string" } as const;
  const options = {
    date: text,
    since: text,
    until: text,
    week: text,
    month: text,
    trending: flag,
    search: text,
    arxiv: text,
    refresh: flag,
    replay: flag,
    pictures: flag,
    forget: text,
    "page-date": text,
    kind: text,
    "dry-run": flag,
    json: flag,
    verbose: flag,
    help: { ...flag, short: "h" },
  } as const;
  const { tokens } = parseArgs({ args, allowPositionals: true, options, strict: false, tokens: true });
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const { name, rawName, value, inlineValue } = token;
    const known = Object.entries(options).find(([option]) => option === name)?.[1];
    if (!known) throw new UsageError(`unknown option "${rawName}"`);
    const takes = known.type === "string";
    if (takes && value === undefined) throw new UsageError(`${rawName}: expected a value, got none`);
    if (takes && !inlineValue && value?.startsWith("-"))
      throw new UsageError(
        `${rawName}: expected a value, got "${value}" (if that is the value, write ${rawName}=${value})`,
      );
    if (!takes && value !== undefined) throw new UsageError(`${rawName}: expected no value, got "${value}"`);
  }
  return parseArgs({ args, allowPositionals: true, options });
}
