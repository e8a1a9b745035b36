import type { Database } from "../db/open-database";
import { isJsonLines, parseJsonLine } from "./formats/jsonl";
import type { Batch, Context, ListingHead } from "./listing";
import { parseListing } from "./parse";
import { readBody, readFirstLines, readLines, type Source } from "./read-source";
import { beginFingerprint, type Counts, saveBatch, saveListing } from "./save";

// Long enough that a transaction's own cost is lost in it, short enough that memory and readers do not notice.
const batchSize = 100;

/** What became of a source. `broken` says why it was not read to its end; what came before that is saved. */
export type Outcome = { head: ListingHead; counts: Counts; broken: string | null };

type Hear = (head: ListingHead, batch: Batch, lines: number | null) => void;

/**
 * Reads one source and saves it, or only reads it where `db` is null (counts then know only listed and rejected). `hear`
 * is told of each batch, saved or not, and of how many lines there are where that is known. Throws an Error of one line for a body that no format knows.
 */
export async function ingest(
  source: Source,
  about: Omit<Context, "source" | "url">,
  db: Database | null,
  hear: Hear,
): Promise<Outcome> {
  const context = { ...about, source: source.name, url: source.url };
  const read = { source: source.name, url: source.url, at: new Date() };
  const firstLines = await readFirstLines(source);
  if (isJsonLines(firstLines)) return ingestLines(source, context, db, hear);
  const body = await readBody(source);
  const listing = parseListing(body, context);
  const counts = db ? await saveListing(db, listing, body, read) : countUnsaved(listing);
  hear(listing, listing, null);
  return { head: listing, counts, broken: null };
}

async function ingestLines(
  source: Source,
  context: Context,
  db: Database | null,
  hear: Hear,
): Promise<Outcome> {
  const head: ListingHead = {
    format: "jsonl",
    kind: context.kind ?? "day",
    period: null, // the day stands on each line
    listedOn: null,
    listedOnInferred: false,
  };
  const { fingerprint, lines: all } = db ? await sumUp(source, head) : { fingerprint: "", lines: null };
  const counts: Counts = { listed: 0, new: 0, updated: 0, unchanged: 0, rejected: 0 };
  let batch: Batch = { entries: [], rejections: [] };
  const flush = async () => {
    const read = { source: source.name, url: source.url, at: new Date() };
    const some = db ? await saveBatch(db, head, fingerprint, batch, read) : countUnsaved(batch);
    for (const [name, count] of Object.entries(some)) counts[name as keyof Counts] += count; // the same names
    hear(head, batch, all);
    batch = { entries: [], rejections: [] };
  };

  let broken: string | null = null;
  let place = 0;
  const lines = readLines(source)[Symbol.asyncIterator]();
  for (;;) {
    let line: IteratorResult<string>;
    try {
      line = await lines.next();
    } catch (error) {
      broken = (error as Error).message; // what came before it is a paper a line, and whole
      break;
    }
    if (line.done) break;
    place++;
    if (line.value.trim() === "") continue;
    const parsed = parseJsonLine(line.value, place);
    if ("paper" in parsed) batch.entries.push(parsed);
    else batch.rejections.push(parsed);
    if (batch.entries.length + batch.rejections.length === batchSize) await flush();
  }
  await flush();
  return { head, counts, broken };
}

async function sumUp(source: Source, head: ListingHead): Promise<{ fingerprint: string; lines: number }> {
  const hash = beginFingerprint(head);
  let lines = 0;
  try {
    for await (const chunk of source.open()) {
      hash.update(chunk);
      for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines++;
    }
  } catch {
    // Reading it again, line by line, comes to the same place and says what is wrong there.
  }
  return { fingerprint: hash.digest("hex"), lines };
}

function countUnsaved({ entries, rejections }: Batch): Counts {
  const [listed, rejected] = [entries.length + rejections.length, rejections.length];
  return { listed, new: 0, updated: 0, unchanged: 0, rejected };
}
