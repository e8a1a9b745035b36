import { type Database, openDatabase } from "@/lib/db/client";
import { engineFor } from "@/lib/db/engine-for";
import { filterState } from "@/lib/papers/filter";
import { openProgress } from "../progress";
import { percentiles } from "./load";
import { type Site, startOurs } from "./sites";

const each = 20; // questions of a class
const rounds = 3;
const knownItems = 300;
const firstShown = 10;

type Question = { q: string; tag: string[] };
type Class = { name: string; sort: "newest" | "relevance"; questions: Question[] };
type Library = { name: string; site: Site };

/**
 * Asks the servers of one or more libraries the same questions over HTTP, in turns, in milliseconds: common, middling and
 * rare words, two and three words, newest first and most relevant first. Then looks for papers by three words of their
 * titles: the mean of 1 / place (MRR) among the first ten, and how many of the first ten each library shares with the first.
 */
export async function benchSearch(addresses: string[]): Promise<object> {
  const progress = openProgress("bench");
  const libraries: Library[] = [];
  try {
    for (const url of addresses)
      libraries.push({ name: engineFor(url).nameOf(url), site: await startOurs(url) });
    const db = openDatabase(addresses[0] ?? "");
    const classes = await chooseClasses(db);
    const known = await chooseKnown(db);
    await db.$disconnect();
    const times = await timeClasses(libraries, classes, (done, of) => progress.show(done, of, "questions"));
    const found = await findKnown(libraries, known, (done, of) => progress.show(done, of, "known items"));
    return { times, found };
  } finally {
    progress.end();
    for (const { site } of libraries) await site.stop();
  }
}

async function ask(
  { site }: Library,
  question: Question,
  sort: Class["sort"],
  limit: number,
): Promise<string[]> {
  const path = filterState.href("/api/v1/papers", { ...question, sort, limit });
  const response = await fetch(site.base + path);
  if (!response.ok) throw new Error(`${path}: answered ${response.status}`);
  const { papers } = (await response.json()) as { papers: { id: string }[] };
  return papers.map(({ id }) => id);
}

async function timeClasses(
  libraries: Library[],
  classes: Class[],
  show: (done: number, of: number) => void,
): Promise<object> {
  const times = new Map<string, number[]>();
  for (let round = 0; round < rounds; round++)
    for (const [index, { name, sort, questions }] of classes.entries()) {
      show(round * classes.length + index, rounds * classes.length);
      for (const question of questions)
        for (const library of libraries) {
          const at = performance.now();
          await ask(library, question, sort, 20);
          const key = `${name}, ${sort}: ${library.name}`;
          // The first round warms the caches of the database and the compiler.
          if (round > 0) times.set(key, [...(times.get(key) ?? []), performance.now() - at]);
        }
    }
  return Object.fromEntries([...times].map(([key, all]) => [key, percentiles(all)]));
}

type Known = { id: string; q: string };

async function findKnown(
  libraries: Library[],
  known: Known[],
  show: (done: number, of: number) => void,
): Promise<object> {
  const sums = libraries.map(() => ({ mrr: 0, shared: 0, first: 0 }));
  for (const [index, { id, q }] of known.entries()) {
    show(index, known.length);
    let first: string[] | undefined;
    for (const [at, library] of libraries.entries()) {
      const found = await ask(library, { q, tag: [] }, "relevance", firstShown);
      first ??= found;
      const [sum, place] = [sums[at], found.indexOf(id)];
      if (!sum) continue;
      if (place >= 0) sum.mrr += 1 / (place + 1);
      sum.shared += found.filter((one) => first?.includes(one)).length;
      sum.first += first.length;
    }
  }
  const round = (value: number) => Number(value.toFixed(3));
  return Object.fromEntries(
    libraries.map(({ name }, at) => {
      const { mrr, shared, first } = sums[at] ?? { mrr: 0, shared: 0, first: 1 };
      return [name, { mrr: round(mrr / known.length), sharedWithFirst: round(shared / first) }];
    }),
  );
}

async function chooseClasses(db: Database): Promise<Class[]> {
  const papers = await db.paper.count();
  const common = (await findWords(db, papers * 0.04, papers)).slice(0, 2 * each);
  const middling = pick(await findWords(db, papers * 0.005, papers * 0.01), each);
  const rare = pick(await findWords(db, 3, 12), each);
  const second = common.slice(each);
  const tags = await db.tag.groupBy({
    by: ["name"],
    _count: { _all: true },
    orderBy: { _count: { name: "desc" } },
    take: 1,
  });
  const questions: [string, string[], string[]?][] = [
    ["common word", common.slice(0, each)],
    ["middling word", middling],
    ["rare word", rare],
    ["two common words", second.map((word, at) => `${common[at]} ${word}`)],
    ["common and rare word", rare.map((word, at) => `${word} ${common[at]}`)],
    ["common word with the commonest tag", common.slice(0, each), tags.map(({ name }) => name)],
    ["three words", middling.map((word, at) => `${common[at]} ${second[at] ?? ""} ${word}`)],
  ];
  return questions.flatMap(([name, texts, tag = []]) =>
    (["newest", "relevance"] as const).map((sort) => ({
      name,
      sort,
      questions: texts.map((q) => ({ q, tag })),
    })),
  );
}

// English words that a reader would hardly search for.
const stopWords = new Set(
  "about also among based been between both during each first from have however into many more most only other over paper show some such than that their there these they this through under used using well were when where which while with without".split(
    " ",
  ),
);

/** Words of at least four letters in so many papers, the most frequent first. */
async function findWords(db: Database, from: number, to: number): Promise<string[]> {
  const found = await db.word.findMany({
    where: { papers: { gte: Math.floor(from), lte: Math.ceil(to) } },
    orderBy: [{ papers: "desc" }, { word: "asc" }],
    select: { word: true },
  });
  return found.map(({ word }) => word).filter((word) => /^[a-z]{4,}$/.test(word) && !stopWords.has(word));
}

/** So many items, spread evenly. */
export function pick<Item>(items: Item[], count: number): Item[] {
  return Array.from(
    { length: Math.min(count, items.length) },
    (_, at) => items.slice(Math.floor((at * items.length) / count))[0],
  ).flatMap((item) => item ?? []);
}

/** Papers by three different words of their titles, spread over the library. */
async function chooseKnown(db: Database): Promise<Known[]> {
  const papers = await db.paper.findMany({ select: { id: true, title: true }, orderBy: { id: "asc" } });
  const known = papers.flatMap(({ id, title }) => {
    const words = [...new Set(title.toLowerCase().match(/\b[a-z]{4,}\b/g))].filter(
      (word) => !stopWords.has(word),
    );
    return words.length < 3 ? [] : [{ id, q: pick(words, 3).reverse().join(" ") }];
  });
  return pick(known, knownItems);
}
