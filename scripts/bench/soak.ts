import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Pool } from "undici";
import { rederive } from "@/lib/catalog/rederive";
import { openDatabase } from "@/lib/db/client";
import { migrate } from "@/lib/db/sqlite/migrate";
import { openFile } from "@/lib/listings/open-source";
import { readLines } from "@/lib/listings/read-source";
import { openProgress } from "../progress";
import { fillLibrary } from "./ingest";
import { accepted, percentile } from "./load";
import { type Site, startOurs } from "./sites";

const perImport = 8001;
const cachedReaders = 6;
const otherReaders = 2;
const bookmarkEveryMs = 100;
const maxPapers = 8001; // papers in the library at the start, unless --limit says otherwise

const classes = ["cachedPage", "uncachedPage", "bookmark"] as const;
type Class = (typeof classes)[number];
type Times = Record<Class, { alone: number[]; withImport: number[] }>;

/**
 * Runs a production server under load for some minutes: six readers of cached pages, two of pages nobody has requested,
 * one who bookmarks, and in each of the first minutes an import of the file's next 8,001 papers. Reports the server's
 * memory for each minute, and how long each kind of request took with and without an import running.
 */
export async function benchSoak(file: string, limit: number, minutes: number): Promise<object> {
  const folder = mkdtempSync(path.join(tmpdir(), "broadsheet-bench-"));
  const progress = openProgress("bench");
  let site: Site | undefined;
  let importing = null as ChildProcess | null; // set inside a function, which the compiler does not track
  try {
    const library = path.join(folder, "library.db");
    const first = Math.min(limit, maxPapers);
    const slices = await cutSlices(file, first, Math.min(3, Math.ceil(minutes)), folder);
    await migrate(library);
    const db = openDatabase(`file:${library}`);
    await rederive(db); // if the server did it, its memory would stay 50 MB larger
    await fillLibrary(file, first, db, (saved) =>
      progress.show(saved, null, `${saved.toLocaleString("en")} papers`),
    );
    const days = await db.$queryRaw<{ day: string }[]>`
      SELECT DISTINCT "listedOn" AS day FROM "Entry" WHERE "listedOn" IS NOT NULL ORDER BY 1 DESC LIMIT 15`;
    const papers = await db.paper.findMany({ select: { id: true }, orderBy: { orderKey: "desc" } });
    const words = await db.word.findMany({ select: { word: true }, take: 300, orderBy: { papers: "desc" } });
    await db.$disconnect();

    const ids = papers.map(({ id }) => id);
    const at = <T>(of: T[], number: number) => of[number % of.length] as T; // none of them is empty
    const cachedPaths = [
      "/",
      ...days.map(({ day }) => `/papers/date/${day}`),
      ...ids.slice(0, 4).map((id) => `/papers/${id}`),
    ];
    const uncached = (number: number) =>
      number % 3 === 0
        ? `/papers?q=${at(words, number).word}+${at(words, Math.floor(number / words.length) + 7).word}`
        : `/papers/${at(ids, number + 4)}`;

    site = await startOurs(`file:${library}`);
    const { base, pid } = site;
    const pool = new Pool(base, { connections: cachedReaders + otherReaders + 1, pipelining: 1 });
    const times = Object.fromEntries(
      classes.map((name) => [name, { alone: [], withImport: [] }]),
    ) as unknown as Times; // built from the same names
    const ask = async (name: Class, path: string, method: "GET" | "PUT" | "DELETE" = "GET") => {
      const startedDuringImport = importing !== null;
      const startedAt = performance.now();
      const { statusCode, body } = await pool.request({ path, method, headers: accepted });
      await body.dump({ limit: Number.POSITIVE_INFINITY });
      if (statusCode >= 300) throw new Error(`${method} ${path}: answered ${statusCode}`);
      times[name][startedDuringImport || importing !== null ? "withImport" : "alone"].push(
        performance.now() - startedAt,
      );
    };
    for (const path of cachedPaths)
      await pool.request({ path, method: "GET", headers: accepted }).then(({ body }) => body.dump());

    const startedAt = performance.now();
    const end = startedAt + minutes * 60_000;
    const isRunning = () => performance.now() < end;
    const memory = { start: rssOf(pid), max: 0, perMinute: [] as number[] };
    const importsPerSecond: number[] = [];
    let requested = 0;
    const readCached = async (reader: number) => {
      for (let number = reader * 3; isRunning(); number++) await ask("cachedPage", at(cachedPaths, number));
    };
    const readOthers = async () => {
      while (isRunning()) await ask("uncachedPage", uncached(requested++));
    };
    const bookmark = async () => {
      for (let number = 0; isRunning(); number++) {
        await ask(
          "bookmark",
          `/api/v1/bookmarks/${at(ids, number >> 1)}`,
          number % 2 === 0 ? "PUT" : "DELETE",
        );
        await sleep(bookmarkEveryMs);
      }
    };
    const importSlices = async () => {
      for (const [minute, { slice, papers }] of slices.entries()) {
        // No import in the first third of a minute, for comparison.
        await sleep(Math.max(0, startedAt + minute * 60_000 + 20_000 - performance.now()));
        if (!isRunning()) return;
        const since = performance.now();
        importing = spawn(process.execPath, ["--max-semi-space-size=4", "scripts/scrape.mjs", slice], {
          env: { ...process.env, DATABASE_URL: `file:${library}` },
          stdio: ["ignore", "ignore", "inherit"],
        });
        const [code] = await once(importing, "exit");
        importing = null;
        if (code !== 0) throw new Error(`the import exited with ${code}`);
        importsPerSecond.push(Math.round(papers / ((performance.now() - since) / 1000)));
      }
    };
    const watch = async () => {
      for (let second = 1; isRunning(); second++) {
        await sleep(Math.max(0, Math.min(end, startedAt + second * 1000) - performance.now()));
        const now = rssOf(pid);
        memory.max = Math.max(memory.max, now);
        if (second % 60 === 0) memory.perMinute.push(now);
        progress.show(second, minutes * 60, `${now} MB`);
      }
    };
    await Promise.all([
      ...Array.from({ length: cachedReaders }, (_, reader) => readCached(reader)),
      ...Array.from({ length: otherReaders }, readOthers),
      bookmark(),
      importSlices(),
      watch(),
    ]);
    await pool.close();
    return {
      papers: ids.length,
      minutes,
      rssMB: { ...memory, end: rssOf(pid) },
      importedPapersPerSecond: importsPerSecond,
      ...Object.fromEntries(
        classes.map((name) => [
          name,
          { alone: summarize(times[name].alone), withImport: summarize(times[name].withImport) },
        ]),
      ),
    };
  } finally {
    progress.end();
    importing?.kill("SIGKILL");
    await site?.stop();
    rmSync(folder, { recursive: true });
  }
}

function summarize(times: number[]): { requests: number; p50: number; p99: number; max: number } {
  const [p50, p99, max] = [percentile(times, 0.5), percentile(times, 0.99), percentile(times, 1)];
  return { requests: times.length, p50, p99, max };
}

/** Megabytes of a process in memory, as Linux counts them. */
function rssOf(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Math.round(Number(kilobytes) / 1024);
}

/** Splits the papers after the first ones into files, one per import. */
async function cutSlices(
  file: string,
  first: number,
  maxSlices: number,
  folder: string,
): Promise<{ slice: string; papers: number }[]> {
  const slices: { slice: string; papers: number }[] = [];
  let number = 0;
  let out: ReturnType<typeof createWriteStream> | null = null;
  for await (const line of readLines(await openFile(file))) {
    const place = number++ - first;
    if (place < 0 || typeof line !== "string") continue;
    if (place % perImport === 0) {
      out?.end();
      if (slices.length === maxSlices) break;
      const slice = path.join(folder, `import-${slices.length + 1}.jsonl`);
      slices.push({ slice, papers: 0 });
      out = createWriteStream(slice);
    }
    out?.write(`${line}\n`);
    const last = slices.at(-1);
    if (last) last.papers++;
  }
  out?.end();
  if (slices.length === 0) throw new Error(`${file} has no papers to import beyond the first ${first}`);
  return slices;
}
