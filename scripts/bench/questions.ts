import type { Database } from "@/lib/db/client";

export type Items = { id: string; q: string }[];

/** The same questions for the same library, spread evenly over its papers. */
export type Questions = {
  classes: { name: string; texts: string[] }[];
  /** The texts of all classes. */
  all(): string[];
  /** Beginnings of what somebody may type, letter by letter. */
  typed: string[];
  items: { known: Items; misspelled: Items; begun: Items; keywords: Items; authorAndWord: Items };
};

const each = 20; // texts of a class
const knownItems = 300;

type Paper = { key: number; id: string; title: string; abstract: string | null };

export async function drawQuestions(db: Database): Promise<Questions> {
  const papers = await db.paper.count();
  const frequent = new Map<string, number>();
  for (const { word, papers } of await db.word.findMany({ where: { papers: { gt: 2 } } }))
    if (isTelling(word)) frequent.set(word, papers);
  const bands = {
    common: [papers * 0.04, papers],
    middling: [papers * 0.004, papers * 0.01],
    rare: [3, Math.max(12, papers * 0.0002)],
  } as const;
  const drawn = await drawPapers(db, 4000);
  const classes = Object.entries(bands).flatMap(([band, [from, to]]) =>
    [1, 2, 3].map((count) => ({
      name: `${count === 1 ? "one" : count === 2 ? "two" : "three"} ${band}`,
      texts:
        count === 1 && band === "common"
          ? [...frequent.keys()]
              .sort((a, b) => (frequent.get(b) ?? 0) - (frequent.get(a) ?? 0))
              .slice(0, each)
          : drawTexts(drawn, frequent, from, to, count),
    })),
  );
  const first = classes.flatMap(({ texts }) => texts.slice(0, 4));
  classes.push({ name: "prefix", texts: classes[0]?.texts.map((word) => word.slice(0, 4)) ?? [] });
  const known = drawn.flatMap((paper) => {
    const words = wordsOf(paper.title).filter((word) => !stopWords.has(word));
    return words.length < 3 ? [] : [{ id: paper.id, words: pick(words, 3), title: paper.title }];
  });
  const asked = pick(known, knownItems);
  return {
    classes,
    all: () => classes.flatMap(({ texts }) => texts),
    typed: first.flatMap((text) => [2, 3, 4, 6, 9, 13].map((length) => text.slice(0, length))),
    items: {
      known: asked.map(({ id, words }) => ({ id, q: words.join(" ") })),
      misspelled: asked.flatMap(({ id, words }, at) => {
        const wrong = words.findIndex((word) => word.length >= 5);
        const q = words.map((word, place) => (place === wrong ? misspell(word, at) : word)).join(" ");
        return wrong < 0 ? [] : [{ id, q }];
      }),
      begun: pick(known, knownItems).map(({ id, title }) => ({ id, q: title.slice(0, 15) })),
      keywords: await drawKeywords(db, drawn),
      authorAndWord: await drawAuthors(db, asked),
    },
  };
}

/** So many papers with an abstract, spread evenly by id. */
async function drawPapers(db: Database, count: number): Promise<Paper[]> {
  const ids = await db.paper.findMany({ select: { key: true }, orderBy: { id: "asc" } });
  const keys = pick(ids, count).map(({ key }) => key);
  const papers: Paper[] = [];
  for (let at = 0; at < keys.length; at += 500)
    papers.push(
      ...(await db.paper.findMany({
        where: { key: { in: keys.slice(at, at + 500) } },
        select: { key: true, id: true, title: true, abstract: true },
        orderBy: { id: "asc" },
      })),
    );
  return papers;
}

/** Texts of so many words that occur together in a paper and that so many papers have. */
function drawTexts(
  papers: Paper[],
  frequent: Map<string, number>,
  from: number,
  to: number,
  count: number,
): string[] {
  const texts = new Set<string>();
  for (const { title, abstract } of papers) {
    const words = wordsOf(`${title} ${abstract ?? ""}`).filter((word) => {
      const papers = frequent.get(word) ?? 0;
      return papers >= from && papers <= to;
    });
    if (words.length >= count) texts.add(pick(words, count).join(" "));
  }
  return pick([...texts], each);
}

async function drawKeywords(db: Database, papers: Paper[]): Promise<Items> {
  const tags: { paperKey: number; name: string }[] = [];
  for (let at = 0; at < papers.length; at += 500)
    tags.push(
      ...(await db.tag.findMany({
        where: { source: "hub", paperKey: { in: papers.slice(at, at + 500).map(({ key }) => key) } },
        orderBy: [{ paperKey: "asc" }, { place: "asc" }],
      })),
    );
  const ids = new Map(papers.map(({ key, id }) => [key, id]));
  const byPaper = new Map<number, string[]>();
  for (const { paperKey, name } of tags) byPaper.set(paperKey, [...(byPaper.get(paperKey) ?? []), name]);
  const items = [...byPaper].flatMap(([key, names]) =>
    names.length < 2 ? [] : [{ id: ids.get(key) ?? "", q: names.slice(0, 2).join(" ") }],
  );
  return pick(items, knownItems);
}

async function drawAuthors(db: Database, asked: { id: string; words: string[] }[]): Promise<Items> {
  const papers = await db.paper.findMany({
    where: { id: { in: asked.map(({ id }) => id) } },
    select: { id: true, authors: { where: { place: 1 }, select: { name: true } } },
  });
  const authors = new Map(papers.map(({ id, authors }) => [id, authors[0]?.name]));
  return asked.flatMap(({ id, words }) => {
    const last = authors.get(id)?.split(" ").at(-1);
    return last && words[0] ? [{ id, q: `${last} ${words[0]}` }] : [];
  });
}

/** One edit in a word: two letters swapped, one left out, one doubled, or one changed, in turn. */
function misspell(word: string, turn: number): string {
  const at = 1 + (turn % (word.length - 2));
  const [before, letter, after] = [word.slice(0, at), word[at] ?? "", word.slice(at + 1)];
  if (turn % 4 === 0 && after !== "" && after[0] !== letter)
    return before + after[0] + letter + after.slice(1);
  if (turn % 4 === 1) return before + after;
  if (turn % 4 === 2) return before + letter + letter + after;
  return before + (letter === "x" ? "q" : "x") + after;
}

const wordsOf = (text: string) => [...new Set(text.toLowerCase().match(/\b[a-z]{4,}\b/g))];
const isTelling = (word: string) => /^[a-z]{4,}$/.test(word) && !stopWords.has(word);

// English words that a reader would hardly search for.
const stopWords = new Set(
  "about also among based been between both during each first from have however into many more most only other over paper show some such than that their there these they this through under used using well were when where which while with without".split(
    " ",
  ),
);

/** So many items, spread evenly. */
function pick<Item>(items: Item[], count: number): Item[] {
  const step = Math.max(1, items.length / count);
  return Array.from({ length: Math.min(count, items.length) }, (_, at) =>
    items.at(Math.floor(at * step)),
  ).flatMap((item) => item ?? []);
}
