import { mkdtempSync, rmSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Database, openDatabase } from "@/lib/db/client";
import { engineFor } from "@/lib/db/engine-for";
import { parseJsonLine } from "@/lib/listings/formats/jsonl";
import { openFile } from "@/lib/listings/open-source";
import { readLines } from "@/lib/listings/read-source";
import { findRelated, maxRelated } from "@/lib/papers/related";
import { toTagName } from "@/lib/tags/topics";
import { type Postgres, startPostgres } from "../drill/start-postgres";
import { openProgress } from "../progress";
import { fillLibrary } from "./ingest";
import { percentiles } from "./load";
import { pick } from "./search";

const asked = 500;
// A keyword of fewer papers relates none, one of more is no more than a subject.
const [rarest, commonest] = [2, 20];

/**
 * How often related papers have a keyword in common that few have. The library has only the papers with keywords of Hugging Face,
 * but without the keywords. Asked of 500 papers with keywords, and of 500 with a rare one: the share of the six nearest that
 * have one of the paper's rare keywords. Then how many milliseconds it takes in a library of all papers of the file.
 */
export async function benchRelated(
  file: string,
  limit: number,
  _minutes: number,
  onPostgres: boolean,
): Promise<object> {
  const folder = mkdtempSync(path.join(tmpdir(), "broadsheet-bench-"));
  try {
    const { keywords, listing } = await withoutKeywords(file, limit, path.join(folder, "papers.jsonl"));
    const rare = keepRare(keywords);
    const withRare = [...keywords.keys()].filter((id) => rare.get(id)?.size);
    const shares = await inLibrary(listing, Infinity, folder, onPostgres, async (db) => ({
      ofPapersWithKeywords: await shareWith(db, pick([...keywords.keys()].sort(), asked), keywords, rare),
      ofPapersWithARareKeyword: await shareWith(db, pick(withRare.sort(), asked), keywords, rare),
    }));
    const times = await inLibrary(file, limit, folder, onPostgres, async (db) => {
      const ids = (await db.paper.findMany({ select: { id: true }, orderBy: { id: "asc" } })).map(
        ({ id }) => id,
      );
      const milliseconds: number[] = [];
      for (const { key } of await findKeys(db, pick(ids, asked))) {
        const at = performance.now();
        await findRelated(db, key);
        milliseconds.push(performance.now() - at);
      }
      return { papers: ids.length, ...percentiles(milliseconds) };
    });
    return { papersWithKeywords: keywords.size, shareOfTheSixNearest: shares, times };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The keywords of each paper that has some, in the library's spelling, and a list of these papers without them. */
async function withoutKeywords(
  file: string,
  limit: number,
  listing: string,
): Promise<{ keywords: Map<string, Set<string>>; listing: string }> {
  const keywords = new Map<string, Set<string>>();
  const lines: string[] = [];
  let place = 0;
  for await (const line of readLines(await openFile(file))) {
    if (place === limit) break;
    const parsed = typeof line === "string" ? parseJsonLine(line, ++place) : line;
    if (typeof line !== "string" || !("paper" in parsed)) continue;
    const { arxivId, tags } = parsed.paper;
    const own = tags.filter(({ source }) => source === "hub").map(({ name }) => toTagName(name) || name);
    if (arxivId === null || own.length === 0) continue;
    keywords.set(arxivId, new Set(own));
    lines.push(JSON.stringify({ ...JSON.parse(line), keywords: null }));
  }
  if (lines.length === 0) throw new Error(`${file} has no papers with keywords`);
  await writeFile(listing, lines.join("\n"));
  return { keywords, listing };
}

function keepRare(keywords: Map<string, Set<string>>): Map<string, Set<string>> {
  const papers = new Map<string, number>();
  for (const own of keywords.values()) for (const name of own) papers.set(name, (papers.get(name) ?? 0) + 1);
  const isRare = (name: string) => {
    const count = papers.get(name) ?? 0;
    return count >= rarest && count <= commonest;
  };
  return new Map([...keywords].map(([id, own]) => [id, new Set([...own].filter(isRare))]));
}

async function inLibrary<T>(
  file: string,
  limit: number,
  folder: string,
  onPostgres: boolean,
  ask: (db: Database) => Promise<T>,
): Promise<T> {
  const progress = openProgress("bench");
  let server: Postgres | null = null;
  let db: Database | undefined;
  try {
    if (onPostgres) server = await startPostgres([]);
    const url = server?.url ?? `file:${path.join(mkdtempSync(path.join(folder, "library-")), "library.db")}`;
    await engineFor(url).migrate(url);
    db = openDatabase(url);
    await fillLibrary(file, limit, db, (saved) =>
      progress.show(saved, null, `${saved.toLocaleString("en")} papers`),
    );
    return await ask(db);
  } finally {
    progress.end();
    await db?.$disconnect();
    await server?.stop();
  }
}

const findKeys = (db: Database, ids: string[]) =>
  db.paper.findMany({ where: { id: { in: ids } }, select: { id: true, key: true }, orderBy: { id: "asc" } });

async function shareWith(
  db: Database,
  ids: string[],
  keywords: Map<string, Set<string>>,
  rare: Map<string, Set<string>>,
): Promise<number> {
  let shared = 0;
  for (const { id, key } of await findKeys(db, ids)) {
    const wanted = rare.get(id) ?? new Set();
    for (const other of await findRelated(db, key))
      if ([...(keywords.get(other.id) ?? [])].some((name) => wanted.has(name))) shared++;
  }
  return Number((shared / (ids.length * maxRelated)).toFixed(3));
}
