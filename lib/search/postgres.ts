import { toEpochDay } from "../days";
import { Prisma } from "../db/prisma";
import { rows } from "../db/rows";
import { firstKey } from "../order-key";
import type { SearchEngine } from "./engine";
import { maxRun, toVector, weights } from "./postgres-vector";
import type { Terms } from "./terms";
import type { Field, Range, Tree } from "./tree";

/**
 * Search with a `tsvector` of our terms, without any dictionary of PostgreSQL's. The field of a term is its weight, and
 * postgres-vector.ts decides on its position.
 */
export const postgresSearch: SearchEngine = {
  async write(tx, papers) {
    const vectors = papers.map(({ orderKey, terms: { columns } }) => ({
      orderKey,
      title: toVector({ ...noTerms, title: columns.title, titleExtras: columns.titleExtras }),
      terms: toVector(columns),
    }));
    await tx.$executeRaw`
      INSERT INTO "PaperIndex" ("orderKey", title, terms)
      SELECT written."orderKey", CAST(written.title AS tsvector), CAST(written.terms AS tsvector)
      FROM ${rows(tx, vectors, { orderKey: "int", title: "text", terms: "text" })} AS written
      ON CONFLICT ("orderKey") DO UPDATE SET title = excluded.title, terms = excluded.terms`;
  },

  async remove(tx, orderKeys) {
    const keys = rows(
      tx,
      orderKeys.map((key) => ({ key })),
      { key: "int" },
    );
    await tx.$executeRaw`DELETE FROM "PaperIndex" WHERE "orderKey" IN (SELECT removed.key FROM ${keys} AS removed)`;
  },

  async clear(tx) {
    await tx.$executeRaw`DELETE FROM "PaperIndex"`;
  },

  find(_, tree) {
    return Prisma.sql`(SELECT "orderKey", ${score(tree)} AS score FROM "PaperIndex" WHERE ${condition(tree)})`;
  },

  page(db, tree, { order, total, offset, limit }) {
    const cut = Prisma.sql`LIMIT ${limit} OFFSET ${offset}`;
    if (order === "newest") {
      // Few matches are found by the index of terms. Otherwise the planner might look for them in all papers, by day.
      const fence = total <= maxRanked ? Prisma.sql`OFFSET 0` : Prisma.empty;
      return Prisma.sql`(SELECT "orderKey", 0 AS score
        FROM (SELECT "orderKey" FROM "PaperIndex" WHERE ${condition(tree)} ${fence}) AS found
        ORDER BY "orderKey" DESC ${cut})`;
    }
    const ranked = total <= maxRanked ? null : newest(tree);
    const table = !ranked
      ? this.find(db, tree)
      : offset + limit <= surelyRanked
        ? ranked
        : Prisma.sql`(SELECT "orderKey", coalesce(ranked.score, 0) AS score
            FROM "PaperIndex" LEFT JOIN ${ranked} AS ranked USING ("orderKey") WHERE ${condition(tree)})`;
    // OFFSET 0 keeps the planner from ranking twice, for the order and for the answer.
    return Prisma.sql`(SELECT "orderKey", score FROM (SELECT * FROM ${table} AS found OFFSET 0) AS scored
      ORDER BY score, "orderKey" DESC ${cut})`;
  },

  near(db, terms, { maxEach, maxAll }) {
    const asked = rows(
      db,
      terms.map(({ term, weight }, place) => ({ place, match: toLexeme(term, null), weight })),
      { place: "int", match: "text", weight: "int" },
    );
    // OFFSET 0 keeps the planner from counting twice.
    return Prisma.sql`(SELECT "orderKey", -sum(kept.weight) AS score
      FROM (SELECT match, weight, sum(papers) OVER (ORDER BY place) AS so_far
        FROM (SELECT place, match, weight, (SELECT count(*) FROM (SELECT FROM "PaperIndex"
            WHERE terms @@ CAST(asked.match AS tsquery) LIMIT ${maxEach + 1}) AS found) AS papers
          FROM ${asked} AS asked OFFSET 0) AS counted
        WHERE papers <= ${maxEach}) AS kept
      JOIN "PaperIndex" ON terms @@ CAST(kept.match AS tsquery)
      WHERE kept.so_far <= ${maxAll} GROUP BY "orderKey")`;
  },

  async count(db, trees, limit) {
    if (trees.length === 0) return [];
    const each = trees.map(
      (tree, place) => Prisma.sql`
        SELECT CAST(${place} AS integer) AS place, count(*) AS papers
        FROM (SELECT FROM "PaperIndex" WHERE ${condition(tree)} LIMIT ${limit}) AS found`,
    );
    const found = await db.$queryRaw<{ place: number; papers: bigint }[]>`
      ${Prisma.join(each, " UNION ALL ")} ORDER BY place`;
    return found.map(({ papers }) => Number(papers));
  },
};

const noTerms: Terms["columns"] = {
  title: "",
  abstract: "",
  tags: "",
  authors: "",
  titleExtras: "",
  abstractExtras: "",
};

// A rank takes a few microseconds, most of them to unpack the terms.
const maxRanked = 3000;
const surelyRanked = 200;

/** The newest of many matches with their scores: those with everything in the title, and some of all. */
function newest(tree: Tree): Prisma.Sql {
  const keys = (where: Prisma.Sql, limit: number) => Prisma.sql`
    (SELECT "orderKey" FROM "PaperIndex" WHERE ${where} ORDER BY "orderKey" DESC LIMIT ${limit})`;
  // What is in the title need not be looked for in the terms, which are slow to unpack.
  const rest = { and: flatten(tree).filter((part) => "range" in part || "not" in part) };
  const others = rest.and.length > 0 ? Prisma.sql`AND ${condition(rest)}` : Prisma.empty;
  const inTitle = Prisma.sql`${matchesTitle(wantedOf(tree))} ${others}`;
  return Prisma.sql`(SELECT "orderKey", ${score(tree)} AS score FROM "PaperIndex" WHERE "orderKey" IN
    (${keys(inTitle, maxRanked - surelyRanked)} UNION ${keys(condition(tree), surelyRanked)}))`;
}

// Papers with everything in the title come first; a rank stays below 1.
function score(tree: Tree): Prisma.Sql {
  const wanted = wantedOf(tree);
  if (wanted.and.length === 0 || hasRange(wanted)) return Prisma.sql`0`;
  return Prisma.sql`-${rank(wanted)} - CASE WHEN ${matchesTitle(wanted)} THEN 1000 ELSE 0 END`;
}

/** What a tree requires, without what it excludes and the days. */
const wantedOf = (tree: Tree) => ({
  and: flatten(tree).filter((part) => !("range" in part || "not" in part)),
});

const matchesTitle = (wanted: Tree) => Prisma.sql`title @@ CAST(${toQuery(wanted)} AS tsquery)`;

/** How well a paper matches: the one place that ranks. The weights are those of abstract, tags, authors and title. */
function rank(wanted: Tree): Prisma.Sql {
  return Prisma.sql`ts_rank_cd('{0.1, 0.5, 0.5, 1}', terms, CAST(${toQuery(wanted)} AS tsquery), 2)`;
}

const flatten = (tree: Tree): Tree[] => ("and" in tree ? tree.and.flatMap(flatten) : [tree]);

function hasRange(tree: Tree): boolean {
  if ("range" in tree) return true;
  if ("not" in tree) return hasRange(tree.not);
  if ("field" in tree) return hasRange(tree.of);
  if ("and" in tree) return tree.and.some(hasRange);
  return "or" in tree && tree.or.some(hasRange);
}

/** A tree as a condition on a row of "PaperIndex". All parts without a range are one question to the index. */
function condition(tree: Tree, field: Field | null = null): Prisma.Sql {
  if (!hasRange(tree)) return Prisma.sql`terms @@ CAST(${toQuery(tree, field)} AS tsquery)`;
  if ("range" in tree) return within(tree.range);
  if ("not" in tree) return Prisma.sql`NOT (${condition(tree.not, field)})`;
  if ("field" in tree) return condition(tree.of, tree.field);
  const [parts, by] = "and" in tree ? [tree.and, " AND "] : ["or" in tree ? tree.or : [], " OR "];
  const plain = parts.filter((part) => !hasRange(part));
  const together: Tree = "and" in tree ? { and: plain } : { or: plain };
  const all = [...parts.filter(hasRange), ...(plain.length > 0 ? [together] : [])];
  return Prisma.sql`(${Prisma.join(
    all.map((part) => condition(part, field)),
    by,
  )})`;
}

/** The order keys of a range. Papers without a feed day have keys of day 0. */
function within({ from, to }: Range): Prisma.Sql {
  const first = firstKey(from === null ? 1 : toEpochDay(from));
  const after = to === null ? Prisma.empty : Prisma.sql`AND "orderKey" < ${firstKey(toEpochDay(to) + 1)}`;
  return Prisma.sql`("orderKey" >= ${first} ${after})`;
}

// No term contains "~", so this lexeme is in no paper.
const never = "'~'";

/** A tree without ranges in PostgreSQL's language. Every term is `[a-z0-9]` and quoted, so typed text cannot become syntax. */
function toQuery(tree: Tree, field: Field | null = null): string {
  if ("word" in tree) return toLexeme(tree.word, field);
  if ("phrase" in tree) {
    const inOrder = `(${tree.phrase.map((term) => toLexeme(term, field)).join(" <-> ")})`;
    // Most phrases are a few words; behind the limits of a long text, longer ones are not found.
    return tree.phrase.length > maxRun ? inOrder : `(${inOrder} | ${toLexeme(tree.phrase.join(" "), field)})`;
  }
  if ("field" in tree) return toQuery(tree.of, tree.field);
  if ("not" in tree) return `!(${toQuery(tree.not, field)})`;
  const each = (trees: Tree[], by: string) => `(${trees.map((one) => toQuery(one, field)).join(by)})`;
  if ("and" in tree) return tree.and.length === 0 ? `!${never}` : each(tree.and, " & ");
  return "or" in tree && tree.or.length > 0 ? each(tree.or, " | ") : never;
}

const toLexeme = (term: string, field: Field | null) =>
  `'${term}'${field === null ? "" : `:${weights[field]}`}`;
