import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { openDatabase } from "@/lib/db/client";
import { migrate } from "@/lib/db/sqlite/migrate";
import { openProgress } from "../progress";
import { fillLibrary } from "./ingest";
import { accepted, load, percentiles, type Rate } from "./load";
import { type Site, startNextAlone, startOurs, startStatic } from "./sites";

const rounds = 3;
const editionSize = 25; // papers in the measured edition

/**
 * Measures a library's pages on the production server, over 32 connections, compressed as for a browser. Compares, in
 * turns, a cached edition, the same page rendered for each request, the same page cached and compressed by Next alone,
 * and a static Next page of the same size. Also measures a first visit, and its bytes.
 */
export async function benchPages(file: string, limit: number): Promise<object> {
  const folder = mkdtempSync(path.join(tmpdir(), "broadsheet-bench-"));
  const progress = openProgress("bench");
  const sites: Site[] = [];
  try {
    const library = path.join(folder, "library.db");
    await migrate(library);
    const db = openDatabase(`file:${library}`);
    await fillLibrary(file, limit, db, (saved) =>
      progress.show(saved, null, `${saved.toLocaleString("en")} papers`),
    );
    const days = await db.$queryRaw<{ day: string; papers: bigint }[]>`
      SELECT "listedOn" AS day, count(*) AS papers FROM "Entry" WHERE "listedOn" IS NOT NULL
      GROUP BY "listedOn" ORDER BY abs(count(*) - ${editionSize}), "listedOn" DESC LIMIT 121`;
    const papers = await db.paper.findMany({ select: { id: true }, take: 60, orderBy: { orderKey: "desc" } });
    const words = await db.word.findMany({
      select: { word: true },
      take: 60,
      orderBy: { papers: "desc" },
      skip: 200,
    });
    await db.$disconnect();
    const edition = days[0];
    if (!edition) throw new Error("no paper in the file has a listing day");

    progress.show(0, null, "building the sites to compare with");
    const ours = await startOurs(`file:${library}`);
    sites.push(ours);
    const alone = await startNextAlone(library);
    sites.push(alone);
    const page = `/papers/date/${edition.day}`;
    const fixed = await startStatic(await (await fetch(ours.base + page)).text());
    sites.push(fixed);

    const first = {
      edition: await firstVisits(
        ours,
        days.slice(1).map(({ day }) => `/papers/date/${day}`),
      ),
      paper: await firstVisits(
        ours,
        papers.map(({ id }) => `/papers/${id}`),
      ),
      search: await firstVisits(
        ours,
        words.map(({ word }) => `/papers?q=${word}`),
      ),
    };
    const runs = {
      warm: [ours, page],
      perRequest: [ours, `${page}?not-its-address`], // a different spelling of the cached address
      nextAlone: [alone, page],
      staticPage: [fixed, "/filled"],
      warmPaper: [ours, `/papers/${papers[0]?.id}`],
      warmSearch: [ours, "/papers?q=model"],
    } as const;
    const rates: Record<string, Rate[]> = {};
    for (const [site, path] of Object.values(runs)) await load(site.base, path, { seconds: 1 });
    for (let round = 1; round <= rounds; round++) {
      for (const [name, [site, path]] of Object.entries(runs)) {
        progress.show(round, rounds, name);
        rates[name] = [...(rates[name] ?? []), await load(site.base, path)];
      }
    }
    const middle = Object.fromEntries(
      Object.entries(rates).map(([name, of]) => [
        name,
        of.toSorted((a, b) => a.requestsPerSecond - b.requestsPerSecond)[Math.floor(rounds / 2)],
      ]),
    );
    const ratio = (name: string) =>
      Number(((middle.warm?.requestsPerSecond ?? 0) / (middle[name]?.requestsPerSecond ?? 1)).toFixed(1));
    return {
      edition: { day: edition.day, papers: Number(edition.papers) },
      connections: 32,
      ...middle,
      ratios: {
        toPerRequest: ratio("perRequest"),
        toNextAlone: ratio("nextAlone"),
        toStaticPage: ratio("staticPage"),
      },
      firstVisitMs: first,
      bytes: await weigh(ours, page, fixed),
    };
  } finally {
    progress.end();
    for (const site of sites) await site.stop();
    rmSync(folder, { recursive: true });
  }
}

/** One request after the other, each for a new address. Milliseconds. */
async function firstVisits({ base }: Site, paths: string[]): Promise<{ p50: number; p95: number }> {
  const times: number[] = [];
  for (const path of paths) {
    const startedAt = performance.now();
    await (await fetch(base + path, { headers: accepted })).arrayBuffer();
    times.push(performance.now() - startedAt);
  }
  return percentiles(times);
}

async function weigh(ours: Site, page: string, empty: Site) {
  const html = Buffer.from(await (await fetch(ours.base + page)).arrayBuffer());
  const all = await weighScripts(ours, page);
  const nothing = await weighScripts(empty, "/");
  return {
    html: { plain: html.length, gzip: gzipSync(html).length, brotli: brotliCompressSync(html).length },
    javaScript: { gzip: all, emptyPage: nothing, beyond: all - nothing },
  };
}

/** Gzipped bytes of a page's scripts, including inline ones, without those that current browsers skip. */
async function weighScripts({ base }: Site, page: string): Promise<number> {
  const html = await (await fetch(base + page)).text();
  const own = [...html.matchAll(/<script type="module">(.*?)<\/script>/gs)].map(([, script = ""]) =>
    Buffer.from(script),
  );
  const tags = [...html.matchAll(/<script [^>]*src="([^"]+)"[^>]*>/g)].filter(
    ([tag]) => !/nomodule/i.test(tag),
  );
  const fetched = [...new Set(tags.map(([, address = ""]) => address))].map(async (src) =>
    Buffer.from(await (await fetch(new URL(src, base))).arrayBuffer()),
  );
  const scripts = [...own, ...(await Promise.all(fetched))];
  return scripts.reduce((sum, script) => sum + gzipSync(script).length, 0);
}
