import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import Sqlite from "better-sqlite3";
import pg from "pg";
import { toSearchable } from "@/lib/catalog/drafts";
import type { Counts } from "@/lib/catalog/save";
import { toDay } from "@/lib/days";
import { type Database, openDatabase } from "@/lib/db/client";
import { engineFor } from "@/lib/db/engine-for";
import { importSource } from "@/lib/imports/import";
import { openFile } from "@/lib/listings/open-source";
import { readLines } from "@/lib/listings/read-source";
import type { Source } from "@/lib/listings/source";
import { toVector } from "@/lib/search/postgres-vector";
import { type Terms, toTerms } from "@/lib/search/terms";
import { deriveTags } from "@/lib/tags/derive";
import { shippedCounts, toPriors } from "@/lib/tags/priors";
import { toTags } from "@/lib/tags/tags";
import { type Postgres, startPostgres } from "../drill/start-postgres";
import { parseOnThread } from "../parse-on-thread";
import { openProgress } from "../progress";
import { readPapers } from "./tags";

/**
 * Measures papers per second from a file to committed rows, tags and terms, next to the fastest possible import; peak
 * memory; and each stage's share of this process's time on both threads. Reading lines, parsing, tags and terms
 * each run alone in the same process. Writing is the rest.
 */
export async function benchIngest(
  file: string,
  limit: number,
  _minutes: number,
  onPostgres: boolean,
): Promise<object> {
  const folder = mkdtempSync(path.join(tmpdir(), "broadsheet-bench-"));
  const progress = openProgress("bench");
  let server: Postgres | null = null;
  try {
    if (onPostgres) server = await startPostgres([]);
    const url = server?.url ?? `file:${path.join(folder, "library.db")}`;
    await engineFor(url).migrate(url);
    const db = openDatabase(url);
    const [startedAt, cpuAtStart] = [performance.now(), process.cpuUsage()];
    const counts = await fillLibrary(file, limit, db, (saved) =>
      progress.show(saved, null, `${saved.toLocaleString("en")} papers`),
    );
    const whole = (performance.now() - startedAt) / 1000;
    const { user, system } = process.cpuUsage(cpuAtStart);
    const cpu = (user + system) / 1e6;
    const peak = process.resourceUsage().maxRSS / 1024;
    await db.$disconnect();

    const floorOf = server ? await openPostgresFloor(server.url) : openFloor(path.join(folder, "floor.db"));
    const stages = await timeStages(file, limit, floorOf);
    const share = (seconds: number) => Number((seconds / cpu).toFixed(3));
    const { read, parse, tags, terms, floor } = stages;
    return {
      ...counts,
      seconds: Number(whole.toFixed(1)),
      cpuSeconds: Number(cpu.toFixed(1)),
      papersPerSecond: Math.round(counts.listed / whole),
      peakMB: Math.round(peak),
      floorPapersPerSecond: Math.round(counts.listed / floor),
      shares: {
        read: share(read),
        parse: share(parse),
        tags: share(tags),
        terms: share(terms),
        write: share(cpu - read - parse - tags - terms),
      },
    };
  } finally {
    progress.end();
    await server?.stop();
    rmSync(folder, { recursive: true });
  }
}

/** Imports the first papers of a file into a library. `onSaved` receives the number saved so far. */
export async function fillLibrary(
  file: string,
  limit: number,
  db: Database,
  onSaved: (saved: number) => void,
): Promise<Counts> {
  const importOptions = { pageDate: null, kind: null, today: toDay(new Date()), parseMany: parseOnThread };
  let saved = 0;
  const { counts } = await importSource(
    firstLines(await openFile(file), limit),
    importOptions,
    db,
    (_, { entries }) => {
      saved += entries.length;
      onSaved(saved);
    },
  );
  return counts;
}

function firstLines(source: Source, limit: number): Source {
  if (limit === Infinity) return source;
  async function* open(): AsyncIterable<Buffer> {
    let number = 0;
    for await (const line of readLines(source)) {
      if (number++ === limit) return;
      if (typeof line === "string") yield Buffer.from(`${line}\n`);
    }
  }
  return { ...source, open };
}

type Floor = { insert: (columns: Terms["columns"]) => Promise<void>; end: () => Promise<void> };

/** The fastest possible import: the same terms written to FTS5 alone, in one transaction, in ascending order. */
function openFloor(file: string): Floor {
  const db = new Sqlite(file);
  db.pragma("journal_mode = WAL");
  db.exec(
    `CREATE VIRTUAL TABLE floor USING fts5(a, b, c, d, e, f, content='', contentless_delete=1, tokenize='ascii')`,
  );
  const insert = db.prepare("INSERT INTO floor VALUES (?, ?, ?, ?, ?, ?)");
  db.exec("BEGIN");
  return {
    insert: async (columns) => void insert.run(Object.values(columns)),
    end: async () => void db.exec("COMMIT").close(),
  };
}

/** The same on PostgreSQL: a `tsvector` with its GIN index alone. */
async function openPostgresFloor(url: string): Promise<Floor> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query("CREATE TABLE floor (terms tsvector); CREATE INDEX ON floor USING gin (terms); BEGIN");
  let waiting: string[] = [];
  const flush = async () => {
    await client.query(
      "INSERT INTO floor SELECT CAST(given.terms AS tsvector) FROM unnest($1::text[]) AS given(terms)",
      [waiting],
    );
    waiting = [];
  };
  return {
    async insert(columns) {
      waiting.push(toVector(columns));
      if (waiting.length === 1000) await flush();
    },
    async end() {
      await flush();
      await client.query("COMMIT");
      await client.end();
    },
  };
}

async function timeStages(file: string, limit: number, floor: Floor) {
  const seconds = { read: 0, parse: 0, tags: 0, terms: 0, floor: 0 };
  let startedAt = performance.now();
  for await (const _ of firstLines(await openFile(file), limit).open()); // the fingerprint needs decompression too
  let number = 0;
  for await (const _ of readLines(await openFile(file))) if (++number === limit) break;
  seconds.read = (performance.now() - startedAt) / 1000;
  const priors = toPriors(shippedCounts());
  let [tags, terms] = [0, 0];
  startedAt = performance.now();
  for await (const paper of readPapers(file, limit)) {
    const at = performance.now();
    const storedTags = toTags(paper.tags, () => deriveTags(paper.title, paper.abstract, priors));
    const between = performance.now();
    const { columns } = toTerms(toSearchable({ ...paper, tags: storedTags }));
    tags += between - at;
    const termsAt = performance.now();
    terms += termsAt - between;
    await floor.insert(columns);
    seconds.floor += (performance.now() - termsAt) / 1000;
  }
  const ending = performance.now();
  await floor.end();
  seconds.floor += (performance.now() - ending) / 1000;
  seconds.tags = tags / 1000;
  seconds.terms = terms / 1000;
  seconds.parse = Math.max(
    0,
    (performance.now() - startedAt - tags - terms) / 1000 - seconds.floor - seconds.read / 2,
  );
  return seconds;
}
