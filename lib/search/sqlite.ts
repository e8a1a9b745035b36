import { toEpochDay } from "../days";
import { Prisma } from "../db/prisma";
import { rows } from "../db/rows";
import { firstKey } from "../order-key";
import type { SearchEngine } from "./engine";
import { type Field, intersect, type Range, type Tree } from "./tree";

const columns = {
  orderKey: "int",
  title: "text",
  abstract: "text",
  titleExtras: "text",
  abstractExtras: "text",
  authors: "text",
  tags: "text",
} as const;

/** Search with FTS5. The table `PaperIndex` contains only terms; its rowid is the order key. */
export const sqliteSearch: SearchEngine = {
  async write(tx, papers) {
    // REPLACE, because a plain insert with an existing rowid would succeed and keep the old terms. In ascending order,
    // because FTS5 flushes its buffer whenever a rowid is lower than the one before.
    const ascending = papers.toSorted((a, b) => a.orderKey - b.orderKey);
    const terms = ascending.map(({ orderKey, terms }) => ({ orderKey, ...terms.columns }));
    await tx.$executeRaw`
      INSERT OR REPLACE INTO "PaperIndex" (rowid, title, abstract, titleExtras, abstractExtras, authors, tags)
      SELECT "orderKey", title, abstract, "titleExtras", "abstractExtras", authors, tags FROM ${rows(tx, terms, columns)}`;
  },

  async remove(tx, orderKeys) {
    const keys = rows(
      tx,
      orderKeys.map((key) => ({ key })),
      { key: "int" },
    );
    await tx.$executeRaw`DELETE FROM "PaperIndex" WHERE rowid IN (SELECT key FROM ${keys})`;
  },

  async clear(tx) {
    await tx.$executeRaw`DELETE FROM "PaperIndex"`;
  },

  find(_, tree) {
    const plain = toPlainMatch(tree);
    if (!plain) return Prisma.sql`(SELECT "orderKey", 0 AS score FROM "Paper" WHERE ${condition(tree)})`;
    const { match, inTitle, range } = plain;
    const { first, below } = toKeys(range);
    const within = range ? Prisma.sql`AND rowid >= ${first} AND rowid < ${below}` : Prisma.empty;
    // Papers with everything in the title come first. Within both groups, a title weighs ten times as much as an abstract
    // (best in a measurement with known items), names and tags half of that. bm25 stays within a few dozen of 0, so a
    // thousand keeps the groups apart.
    return Prisma.sql`(SELECT rowid AS "orderKey", bm25("PaperIndex", 10, 1, 10, 1, 5, 5) - 1000 * (rowid IN
        (SELECT rowid FROM "PaperIndex" WHERE "PaperIndex" MATCH ${inTitle})) AS score
      FROM "PaperIndex" WHERE "PaperIndex" MATCH ${match} ${within})`;
  },

  page(db, tree, { order, offset, limit }) {
    // The index has its rows in this order, but only if nothing else is asked for.
    const by = order === "newest" ? Prisma.sql`"orderKey" DESC` : Prisma.sql`score, "orderKey" DESC`;
    const score = order === "newest" ? Prisma.sql`0 AS score` : Prisma.sql`score`;
    return Prisma.sql`(SELECT "orderKey", ${score} FROM ${this.find(db, tree)}
      ORDER BY ${by} LIMIT ${limit} OFFSET ${offset})`;
  },

  near(db, terms, { maxEach, maxAll }) {
    const asked = rows(
      db,
      terms.map(({ term, weight }, place) => ({ place, match: `"${term}"`, weight })),
      { place: "int", match: "text", weight: "int" },
    );
    return Prisma.sql`(SELECT rowid AS "orderKey", -sum(kept.weight) AS score
      FROM (SELECT match, weight, sum(papers) OVER (ORDER BY place) AS so_far
        FROM (SELECT place, match, weight, (SELECT count(*) FROM (SELECT 1 FROM "PaperIndex"
            WHERE "PaperIndex" MATCH asked.match LIMIT ${maxEach + 1})) AS papers
          FROM ${asked} AS asked)
        WHERE papers <= ${maxEach}) AS kept
      JOIN "PaperIndex" ON "PaperIndex" MATCH kept.match
      WHERE kept.so_far <= ${maxAll} GROUP BY rowid)`;
  },

  async count(db, trees, limit) {
    const plainTrees = trees.flatMap((tree, place) => {
      const plain = toPlainMatch(tree);
      return plain ? [{ place, match: plain.match, ...toKeys(plain.range) }] : [];
    });
    const queries = rows(db, plainTrees, { place: "int", match: "text", first: "int", below: "int" });
    const found = await db.$queryRaw<{ place: bigint; papers: bigint }[]>`
      SELECT asked.place AS place, (SELECT count(*) FROM (SELECT 1 FROM "PaperIndex"
        WHERE "PaperIndex" MATCH asked.match AND rowid >= asked.first AND rowid < asked.below LIMIT ${limit})) AS papers
      FROM ${queries} AS asked`;
    const counts = new Map(found.map(({ place, papers }) => [Number(place), Number(papers)]));
    for (const [place, tree] of trees.entries()) {
      if (counts.has(place)) continue;
      const [row] = await db.$queryRaw<{ papers: bigint }[]>`
        SELECT count(*) AS papers FROM (SELECT 1 FROM "Paper" WHERE ${condition(tree)} LIMIT ${limit})`;
      counts.set(place, Number(row?.papers ?? 0));
    }
    return trees.map((_, place) => counts.get(place) ?? 0);
  },
};

/** The columns of a field: `texts` contain the texts' terms in order, `words` also the extra terms (tokens.ts). */
type Columns = { texts: string; words: string };

const anywhere: Columns = {
  texts: "{title abstract authors tags}",
  words: "{title abstract titleExtras abstractExtras authors tags}",
};
const fields: Record<Field, Columns> = {
  title: { texts: "{title}", words: "{title titleExtras}" },
  abstract: { texts: "{abstract}", words: "{abstract abstractExtras}" },
  authors: { texts: "{authors}", words: "{authors}" },
  tags: { texts: "{tags}", words: "{tags}" },
};

/** A tree of words, phrases, `and`, `or` and fields as an FTS5 expression. Null for any other tree. */
function toMatch(tree: Tree, within: Columns): string | null {
  // Every term is `[a-z0-9]` and quoted, so typed text cannot become syntax.
  if ("word" in tree) return `${within.words} : "${tree.word}"`;
  // Extra terms that follow each other are not neighbors in the text, so a phrase is searched for in texts only.
  if ("phrase" in tree) return `${within.texts} : "${tree.phrase.join(" ")}"`;
  if ("field" in tree) return toMatch(tree.of, fields[tree.field]);
  if ("and" in tree) return joinMatches(tree.and, " AND ", within);
  if ("or" in tree) return joinMatches(tree.or, " OR ", within);
  return null;
}

function joinMatches(trees: Tree[], by: string, within: Columns): string | null {
  const parts = trees.map((tree) => toMatch(tree, within));
  return parts.length === 0 || parts.includes(null) ? null : `(${parts.join(by)})`;
}

type PlainMatch = { match: string; inTitle: string; range: Range | null };

/**
 * A tree that requires some text and may exclude some and limit the days, as one lookup in the index. Null for any other
 * tree. Every typed query is such a tree, unless it only excludes.
 */
function toPlainMatch(tree: Tree): PlainMatch | null {
  const parts = flatten(tree);
  const range = intersect(parts.flatMap((part) => ("range" in part ? [part.range] : [])));
  const unwanted: Tree[] = parts.flatMap((part) => ("not" in part ? [part.not] : []));
  const wanted: Tree = { and: parts.filter((part) => !("range" in part || "not" in part)) };
  const [match, inTitle] = [toMatch(wanted, anywhere), toMatch(wanted, fields.title)];
  if (match === null || inTitle === null) return null;
  if (unwanted.length === 0) return { match, inTitle, range };
  const without = joinMatches(unwanted, " OR ", anywhere);
  // Without the outer parentheses, NOT binds only to the last word. The matches are the same, and the scores were tuned
  // for this form.
  return without === null ? null : { match: `${match.slice(1, -1)} NOT ${without}`, inTitle, range };
}

const flatten = (tree: Tree): Tree[] => ("and" in tree ? tree.and.flatMap(flatten) : [tree]);

/** The order keys of a range: `first` is included, `below` is not. Papers without a feed day have keys of day 0. */
function toKeys(range: Range | null): { first: number; below: number } {
  const { from, to } = range ?? { from: null, to: null };
  return {
    first: range === null ? 0 : Number(firstKey(from === null ? 1 : toEpochDay(from))),
    below: to === null ? Number.MAX_SAFE_INTEGER : Number(firstKey(toEpochDay(to) + 1)),
  };
}

/** Any tree as a condition on the order key of a paper. */
function condition(tree: Tree, within = anywhere): Prisma.Sql {
  const match = toMatch(tree, within);
  if (match !== null)
    return Prisma.sql`"orderKey" IN (SELECT rowid FROM "PaperIndex" WHERE "PaperIndex" MATCH ${match})`;
  if ("range" in tree) {
    const { first, below } = toKeys(tree.range);
    return Prisma.sql`("orderKey" >= ${first} AND "orderKey" < ${below})`;
  }
  if ("not" in tree) return Prisma.sql`NOT (${condition(tree.not, within)})`;
  if ("field" in tree) return condition(tree.of, fields[tree.field]);
  const each = (trees: Tree[]) => trees.map((one) => condition(one, within));
  if ("and" in tree) return Prisma.sql`(${Prisma.join([Prisma.sql`TRUE`, ...each(tree.and)], " AND ")})`;
  const either = "or" in tree ? each(tree.or) : []; // a word and a phrase are always a match
  return Prisma.sql`(${Prisma.join([Prisma.sql`FALSE`, ...either], " OR ")})`;
}
