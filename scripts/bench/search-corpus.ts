import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { closeDatabase, database } from "@/lib/db/client";
import { countFacets } from "@/lib/papers/facets";
import { filterOf, filterState } from "@/lib/papers/filter";
import { findPapers } from "@/lib/papers/list";
import { suggest } from "@/lib/papers/suggest";
import { measureSpellings } from "@/lib/search/spelling";
import { openProgress } from "../progress";
import { type Corpus, copyToPostgres, openCorpus } from "./corpus";
import { percentile } from "./load";
import { drawOddTexts } from "./odd-texts";
import { drawQuestions, type Items, type Questions } from "./questions";
import { type Site, startOurs } from "./sites";
import { compareRanking } from "./sqlite-ranking";

type Order = "newest" | "relevance";
const orders: Order[] = ["newest", "relevance"];
const rounds = 3;
const firstShown = 10;
const oddTexts = 10_000;
const maxForOddTexts = 20_000;

/**
 * Builds a library of the first papers of a corpus, and plain FTS5 beside it, or on PostgreSQL plain ts_rank. Asks both the same
 * questions, in process and over HTTP, in turns, in milliseconds; measures facets and suggestions; and looks for papers that are
 * known to be there.
 */
export async function benchSearchCorpus(
  file: string,
  limit: number,
  keep: string | null,
  onPostgres: boolean,
): Promise<object> {
  const folder = keep ?? mkdtempSync(path.join(tmpdir(), "broadsheet-bench-"));
  mkdirSync(folder, { recursive: true });
  const progress = openProgress("bench");
  let corpus: Corpus | null = null;
  try {
    corpus = await openCorpus(file, limit, folder, (saved) =>
      progress.show(saved, limit, `${saved.toLocaleString("en")} papers`),
    );
    if (onPostgres) corpus = await copyToPostgres(corpus);
    process.env.DATABASE_URL = corpus.url;
    process.env.REFRESH = "";
    const db = database();
    const questions = await drawQuestions(db);
    progress.print("bench: timing in process");
    const inProcess = await timeInProcess(corpus, questions);
    const facets = await time(questions.all(), (q) =>
      countFacets(
        filterOf({ q }),
        ["tag", "year", "authors", "organization", "code"],
        Number.MAX_SAFE_INTEGER,
      ),
    );
    const suggestions = await time(questions.typed, (q) => suggest(q, 10));
    progress.print("bench: quality");
    const quality = await measureQuality(corpus, questions.items);
    const spellings = await measureSpellings(db);
    const shared = onPostgres ? "only measured on SQLite" : await measureShared(questions);
    progress.print("bench: timing over HTTP");
    const site = await startOurs(corpus.url);
    const [overHttp, ofOddTexts] = await (async () => [
      await timeOverHttp(site, questions),
      limit <= maxForOddTexts ? await timeOddTexts(site) : "only asked of small libraries",
    ])().finally(site.stop);
    return {
      papers: await db.paper.count(),
      importedPerSecond: corpus.papersPerSecond,
      overHttp,
      oddTexts: ofOddTexts,
      inProcess,
      facets,
      suggestions,
      spellings,
      quality,
      sharedWithExactRanking: shared,
    };
  } finally {
    progress.end();
    await closeDatabase();
    await corpus?.close();
    if (keep === null) rmSync(folder, { recursive: true });
  }
}

type Times = { p50: number; p95: number; p99: number };

const summarize = (times: number[]): Times => ({
  p50: percentile(times, 0.5),
  p95: percentile(times, 0.95),
  p99: percentile(times, 0.99),
});

/** The first round warms the caches of the database and the compiler. */
async function time(texts: string[], ask: (text: string) => Promise<unknown>): Promise<Times> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++)
    for (const text of texts) {
      const at = performance.now();
      await ask(text);
      if (round > 0) times.push(performance.now() - at);
    }
  return summarize(times);
}

async function timeInProcess({ plain }: Corpus, { classes }: Questions): Promise<object> {
  const answers: Record<string, object> = {};
  for (const { name, texts } of classes) {
    for (const sort of orders) {
      const [ours, plainTimes]: [number[], number[]] = [[], []];
      for (let round = 0; round < rounds; round++)
        for (const q of texts) {
          const at = performance.now();
          await findPapers(filterOf({ q, sort }));
          const between = performance.now();
          await plain.find(q, sort);
          const end = performance.now();
          if (round === 0) continue;
          ours.push(between - at);
          plainTimes.push(end - between);
        }
      const [mine, theirs] = [summarize(ours), summarize(plainTimes)];
      answers[`${name}, ${sort}`] = {
        ...mine,
        plain: theirs,
        timesFasterAtP50: Number((theirs.p50 / mine.p50).toFixed(1)),
      };
    }
  }
  return answers;
}

async function timeOverHttp({ base }: Site, { classes }: Questions): Promise<object> {
  const answers: Record<string, Times> = {};
  for (const { name, texts } of classes)
    for (const sort of orders)
      answers[`${name}, ${sort}`] = await time(texts, async (q) => {
        const response = await fetch(base + filterState.href("/api/v1/papers", { q, sort }));
        if (!response.ok) throw new Error(`${q}: answered ${response.status}`);
        await response.text();
      });
  return answers;
}

/** Whatever is typed gets an answer: how many of ten thousand odd texts did not, and how long they took. */
async function timeOddTexts({ base }: Site): Promise<object> {
  const times: number[] = [];
  const failed: string[] = [];
  for (const q of drawOddTexts(oddTexts)) {
    const at = performance.now();
    const response = await fetch(base + filterState.href("/api/v1/papers", { q }));
    await response.text();
    times.push(performance.now() - at);
    if (response.status !== 200) failed.push(`${response.status} for ${q}`);
  }
  return { texts: times.length, ...summarize(times), max: Math.round(Math.max(...times)), failed };
}

type Quality = { mrr: number; success: number };

/** The mean of 1 / place among the first ten (MRR@10), and the share of items among the first ten. */
async function measure(items: Items, find: (text: string) => Promise<string[]>): Promise<Quality> {
  let [mrr, found] = [0, 0];
  for (const { id, q } of items) {
    const place = (await find(q)).slice(0, firstShown).indexOf(id);
    if (place < 0) continue;
    mrr += 1 / (place + 1);
    found++;
  }
  const share = (sum: number) => Number((sum / Math.max(1, items.length)).toFixed(3));
  return { mrr: share(mrr), success: share(found) };
}

async function measureQuality(
  { plain }: Corpus,
  { known, misspelled, begun, keywords, authorAndWord }: Questions["items"],
): Promise<object> {
  const find = async (q: string) => {
    const { papers } = await findPapers(filterOf({ q, limit: firstShown }));
    return papers.map(({ id }) => id);
  };
  const db = database();
  const findPlain = async (q: string) => {
    const keys = await plain.find(q, "relevance", firstShown);
    const papers = await db.paper.findMany({ where: { orderKey: { in: keys.map(BigInt) } } });
    const ids = new Map(papers.map(({ orderKey, id }) => [Number(orderKey), id]));
    return keys.map((key) => ids.get(key) ?? "");
  };
  return {
    threeWordsOfATitle: await measure(known, find),
    plain: await measure(known, findPlain),
    withATypo: await measure(misspelled, find),
    first15CharactersSuggested: await measure(begun, async (q) =>
      (await suggest(q, firstShown)).papers.map(({ id }) => id),
    ),
    twoKeywords: await measure(keywords, find),
    authorAndWord: await measure(authorAndWord, find),
  };
}

/** The share of the first ten that are the same if every match is ranked. */
async function measureShared({ classes, items }: Questions): Promise<object> {
  const db = database();
  const answers: Record<string, number> = {};
  const sets: [string, string[]][] = [
    ...classes.map(({ name, texts }): [string, string[]] => [name, texts]),
    ["known items", items.known.map(({ q }) => q)],
    ["two keywords", items.keywords.map(({ q }) => q)],
  ];
  for (const [name, texts] of sets) {
    let [same, of] = [0, 0];
    for (const q of texts) {
      const [exact, found] = await compareRanking(db, q, firstShown);
      same += exact.filter((key) => found.includes(key)).length;
      of += exact.length;
    }
    answers[name] = Number((same / Math.max(1, of)).toFixed(3));
  }
  return answers;
}
