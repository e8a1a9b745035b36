import { toEpochDay } from "../days";
import type { Database, Transaction } from "../db/client";
import { Prisma } from "../db/prisma";
import { rows } from "../db/rows";
import { firstKey, perDay } from "../order-key";
import type { Page, SearchEngine } from "./engine";
import { toPaperSql } from "./paper-conditions";
import { maxRun, toVector, weights } from "./postgres-vector";
import { recencyWeight, reorder, reordered } from "./relevance";
import type { Terms } from "./terms";
import { childrenOf, type Field, flatten, has, type Range, type Tree } from "./tree";

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

  async page(db, tree, page) {
    const { order, total, offset, limit } = page;
    if (order === "relevance" && wantedOf(tree).and.length > 0) return mostRelevant(db, tree, page);
    const by =
      order === "upvotes"
        ? Prisma.sql`p.upvotes DESC NULLS LAST, i."orderKey" DESC`
        : Prisma.sql`i."orderKey" DESC`;
    // Few matches are found by the index of terms. Otherwise the planner might look for them in all papers, by day.
    const fence = total <= maxRanked ? Prisma.sql`OFFSET 0` : Prisma.empty;
    const paper =
      order === "upvotes" ? Prisma.sql`JOIN "Paper" AS p ON p."orderKey" = i."orderKey"` : Prisma.empty;
    const found = await db.$queryRaw<{ key: bigint }[]>`
      SELECT i."orderKey" AS key FROM (SELECT i."orderKey" FROM ${tableFor(tree)} WHERE ${condition(db, tree)} ${fence}) AS i
      ${paper} ORDER BY ${by} LIMIT ${limit} OFFSET ${offset}`;
    return found.map(({ key }) => Number(key));
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

  condition(db, tree) {
    const parts = flatten(tree);
    const ofRows = parts.filter(isOfRow).map((part) => condition(db, part));
    const rest = parts.filter((part) => !isOfRow(part));
    const inIndex = Prisma.sql`EXISTS (SELECT FROM "PaperIndex" AS i
      WHERE i."orderKey" = p."orderKey" AND ${condition(db, { and: rest })})`;
    return Prisma.join([Prisma.sql`TRUE`, ...ofRows, ...(rest.length > 0 ? [inIndex] : [])], " AND ");
  },

  async count(db, trees, limit) {
    if (trees.length === 0) return [];
    const each = trees.map(
      (tree, place) => Prisma.sql`
        SELECT CAST(${place} AS integer) AS place, count(*) AS papers
        FROM (SELECT FROM ${tableFor(tree)} WHERE ${condition(db, tree)} LIMIT ${limit}) AS found`,
    );
    // Otherwise the planner looks for a common word in one paper after the other, and does not know how slow terms are to unpack.
    const [, found] = await db.$transaction([
      db.$executeRaw`SET LOCAL enable_seqscan = off`,
      db.$queryRaw<{ place: number; papers: bigint }[]>`
        ${Prisma.join(each, " UNION ALL ")} ORDER BY place`,
    ]);
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
  labels: "",
};

/** The index as `i`, with the papers as `p` if a tree asks about their rows. */
const tableFor = (tree: Tree) =>
  has(tree, (part) => "row" in part)
    ? Prisma.sql`"PaperIndex" AS i JOIN "Paper" AS p ON p."orderKey" = i."orderKey"`
    : Prisma.sql`"PaperIndex" AS i`;

// A rank takes a few microseconds, most of them to unpack the terms.
const maxRanked = 3000;

type Row = { key: bigint; score: number; inTitle: boolean };

/** The best first (relevance.ts). Behind those of many that are ranked, the others follow by day. */
async function mostRelevant(db: Database, tree: Tree, { total, offset, limit }: Page): Promise<number[]> {
  const wanted = Math.max(reordered, offset + limit);
  const found = await db.$queryRaw<Row[]>`
    SELECT key, score, "inTitle" FROM (${total <= maxRanked ? all(db, tree) : newestTitles(db, tree)} OFFSET 0) AS scored
    ORDER BY "inTitle" DESC, score, key DESC LIMIT ${wanted}`;
  const scored = found.map(({ key, score, inTitle }) => ({ key: Number(key), score, inTitle }));
  const keys = [
    ...(await reorder(db, scored.slice(0, reordered), tree)),
    ...scored.slice(reordered).map(({ key }) => key),
  ];
  if (keys.length < offset + limit && total > maxRanked) {
    const known = rows(
      db,
      keys.map((key) => ({ key })),
      { key: "int" },
    );
    const others = await db.$queryRaw<{ key: bigint }[]>`
      SELECT i."orderKey" AS key FROM ${tableFor(tree)} WHERE ${condition(db, tree)}
        AND i."orderKey" NOT IN (SELECT known.key FROM ${known} AS known)
      ORDER BY i."orderKey" DESC LIMIT ${offset + limit - keys.length}`;
    keys.push(...others.map(({ key }) => Number(key)));
  }
  return keys.slice(offset, offset + limit);
}

/** Matches by all their fields. */
const all = (db: Database, tree: Tree) => Prisma.sql`
  SELECT i."orderKey" AS key, ${score(tree, Prisma.sql`i.terms`)} AS score, ${matchesTitle(wantedOf(tree))} AS "inTitle"
  FROM "PaperIndex" AS i WHERE i."orderKey" IN (SELECT i."orderKey"
    FROM ${tableFor(tree)} WHERE ${condition(db, tree)} OFFSET 0)`;

/** The newest matches with everything in their title, by that alone: the terms of all fields are slow to unpack. */
function newestTitles(db: Database, tree: Tree): Prisma.Sql {
  const rest = { and: flatten(tree).filter((part) => !isWanted(part)) };
  const others = rest.and.length > 0 ? Prisma.sql`AND ${condition(db, rest)}` : Prisma.empty;
  return Prisma.sql`SELECT i."orderKey" AS key, ${score(tree, Prisma.sql`i.title`)} AS score, TRUE AS "inTitle"
    FROM ${tableFor(tree)} WHERE ${matchesTitle(wantedOf(tree))} ${others}
    ORDER BY i."orderKey" DESC LIMIT ${maxRanked}`;
}

/** How well a paper matches, with the preference for recent ones. A rank stays below 1, and a lower score is better. */
function score(tree: Tree, terms: Prisma.Sql): Prisma.Sql {
  const newestKey = Prisma.sql`(SELECT max("orderKey") FROM "PaperIndex")`;
  const years = Prisma.sql`CAST(i."orderKey" - ${newestKey} AS double precision) / ${365.25 * Number(perDay)}`;
  return Prisma.sql`-${rank(wantedOf(tree), terms)} * (1 + ${recencyWeight} * power(2, ${years}))`;
}

// What a paper must have in its texts: what relevance looks at.
const isWanted = (part: Tree) => !("not" in part) && !isOutside(part) && !has(part, (one) => "label" in one);

/** What a tree requires of the texts, without what it excludes and what it asks of other columns. */
const wantedOf = (tree: Tree) => ({ and: flatten(tree).filter(isWanted) });

const matchesTitle = (wanted: Tree) => Prisma.sql`i.title @@ CAST(${toQuery(wanted)} AS tsquery)`;

/** How well a paper matches: the one place that ranks. The weights are those of abstract, tags, authors and title. */
function rank(wanted: Tree, terms: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`ts_rank_cd('{0.1, 0.5, 0.5, 1}', ${terms}, CAST(${toQuery(wanted)} AS tsquery), 2)`;
}

// The index of terms does not know days and rows.
const isOutside = (tree: Tree) => has(tree, (part) => "range" in part || "row" in part || "every" in part);

/** A tree as a condition on a row of the index. All parts that it knows are one question to it. */
function condition(db: Transaction, tree: Tree, field: Field | null = null): Prisma.Sql {
  if (!isOutside(tree)) return Prisma.sql`i.terms @@ CAST(${toQuery(tree, field)} AS tsquery)`;
  if ("range" in tree) return within(tree.range);
  if ("every" in tree) return Prisma.sql`i."orderKey" % ${tree.every} = 0`;
  if ("row" in tree) return toPaperSql(db, tree.row);
  if ("not" in tree) return Prisma.sql`NOT (${condition(db, tree.not, field)})`;
  if ("field" in tree) return condition(db, tree.of, tree.field);
  const [parts, by] = "and" in tree ? [tree.and, " AND "] : ["or" in tree ? tree.or : [], " OR "];
  const plain = parts.filter((part) => !isOutside(part));
  const together: Tree = "and" in tree ? { and: plain } : { or: plain };
  const all = [...parts.filter(isOutside), ...(plain.length > 0 ? [together] : [])];
  return Prisma.sql`(${Prisma.join(
    all.map((part) => condition(db, part, field)),
    by,
  )})`;
}

/** Whether a part asks only about rows, so that the index is not needed. */
const isOfRow = (part: Tree): boolean => {
  const children = childrenOf(part);
  return children.length > 0 ? !("field" in part) && children.every(isOfRow) : "row" in part;
};

/** The order keys of a range. Papers without a feed day have keys of day 0. */
function within({ from, to }: Range): Prisma.Sql {
  const first = firstKey(from === null ? 1 : toEpochDay(from));
  const after = to === null ? Prisma.empty : Prisma.sql`AND i."orderKey" < ${firstKey(toEpochDay(to) + 1)}`;
  return Prisma.sql`(i."orderKey" >= ${first} ${after})`;
}

// No term contains "~", so this lexeme is in no paper.
const never = "'~'";

/** A tree without ranges in PostgreSQL's language. Terms are `[a-z0-9]` and quoted, labels too, so typed text cannot become syntax. */
function toQuery(tree: Tree, field: Field | null = null): string {
  if ("word" in tree) return toLexeme(tree.word, field);
  if ("phrase" in tree) {
    const inOrder = `(${tree.phrase.map((term) => toLexeme(term, field)).join(" <-> ")})`;
    // Most phrases are a few words; behind the limits of a long text, longer ones are not found.
    return tree.phrase.length > maxRun ? inOrder : `(${inOrder} | ${toLexeme(tree.phrase.join(" "), field)})`;
  }
  if ("label" in tree) return `'${tree.label}'`;
  if ("field" in tree) return toQuery(tree.of, tree.field);
  if ("not" in tree) return `!(${toQuery(tree.not, field)})`;
  const each = (trees: Tree[], by: string) => `(${trees.map((one) => toQuery(one, field)).join(by)})`;
  if ("and" in tree) return tree.and.length === 0 ? `!${never}` : each(tree.and, " & ");
  return "or" in tree && tree.or.length > 0 ? each(tree.or, " | ") : never;
}

const toLexeme = (term: string, field: Field | null) =>
  `'${term}'${field === null ? "" : `:${weights[field]}`}`;
