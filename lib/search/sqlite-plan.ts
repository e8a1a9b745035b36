import { toEpochDay } from "../days";
import type { Transaction } from "../db/client";
import { Prisma } from "../db/prisma";
import { firstKey } from "../order-key";
import { toPaperSql } from "./paper-conditions";
import { type Field, flatten, has, intersect, type Range, type Row, type Tree } from "./tree";

/** Order keys from `first` to below `below`. */
export type Keys = { first: number; below: number };

/** What FTS5 and what other tables are asked for a tree. All of it must hold. */
export type Plan = {
  /** The text that is searched for, without fields other than the title: what relevance looks at. */
  text: Tree[];
  /** All that the index must match, as an FTS5 expression. Null if nothing must. */
  match: string | null;
  /** What else the index must match, and must not, besides `text`. */
  filters: string[];
  excluded: string[];
  keys: Keys;
  /** The order keys are multiples of this. */
  every: number;
  /** What the index cannot answer. */
  rest: Tree[];
  /** Whether a part of `rest` leaves so few papers that they are looked at first. */
  isNarrow: boolean;
};

export function planOf(tree: Tree): Plan {
  const plan: Plan = {
    text: [],
    match: null,
    filters: [],
    excluded: [],
    keys: toKeys(null),
    every: 1,
    rest: [],
    isNarrow: false,
  };
  const ranges: Range[] = [];
  for (const part of flatten(tree)) {
    const match = toMatch("not" in part ? part.not : part, anywhere);
    if ("range" in part) ranges.push(part.range);
    else if ("every" in part) plan.every = part.every;
    else if (match === null) plan.rest.push(part);
    else if ("not" in part) plan.excluded.push(match);
    else if (isText(part)) plan.text.push(part);
    else plan.filters.push(match);
  }
  plan.keys = toKeys(intersect(ranges));
  const wanted = [...plan.text.map((part) => toMatch(part, anywhere) ?? ""), ...plan.filters];
  if (wanted.length > 0) plan.match = fts(wanted.join(" AND "), plan.excluded);
  plan.isNarrow = plan.rest.some((part) => "row" in part && isNarrowRow(part.row));
  return plan;
}

// A month of editions has fewer papers than most words.
const fewDays = 31;

function isNarrowRow(row: Row): boolean {
  if ("papers" in row || "id" in row) return true;
  if (!("listed" in row) || row.listed.from === null || row.listed.to === null) return false;
  return toEpochDay(row.listed.to) - toEpochDay(row.listed.from) < fewDays;
}

/** An expression without the matches of others. */
export const fts = (match: string, excluded: string[]) =>
  excluded.length === 0 ? match : `(${match}) NOT (${excluded.join(" OR ")})`;

/** Whether relevance looks at a part: it is about words, and of any field or of the title. */
const isText = (part: Tree): boolean =>
  !has(part, (one) => "label" in one || ("field" in one && one.field !== "title"));

/** The text of a plan as an expression for the index of titles. Null if there is none. */
export function titleMatch({ text }: Plan): string | null {
  return text.length === 0 ? null : text.map((part) => toMatch(part, titles) ?? "").join(" AND ");
}

/** Titles that have a word so many times, for a plan whose text is one word, or any of several. Null for any other plan. */
export function titleTimesMatch({ text }: Plan, times: number): string | null {
  const [only, ...more] = text.map((part) => ("field" in part ? part.of : part));
  const words = only && more.length === 0 ? ("or" in only ? only.or : [only]) : [];
  const all = words.flatMap((part) =>
    "word" in part
      ? `"${Array(times - 1)
          .fill(part.word)
          .join(" ")}"`
      : [],
  );
  return all.length === 0 || all.length < words.length ? null : `{again} : (${all.join(" OR ")})`;
}

/** The columns of a field: `texts` contain the texts' terms in order, `words` also the extra terms (tokens.ts). */
type Columns = { texts: string; words: string };

export const anywhere: Columns = {
  texts: "{title abstract authors tags}",
  words: "{title abstract titleExtras abstractExtras authors tags}",
};
const titles: Columns = { texts: "{title}", words: "{title titleExtras}" };
const fields: Record<Field, Columns> = {
  title: titles,
  abstract: { texts: "{abstract}", words: "{abstract abstractExtras}" },
  authors: { texts: "{authors}", words: "{authors}" },
  tags: { texts: "{tags}", words: "{tags}" },
};

/** A tree of words, phrases, labels, `and`, `or` and fields as an FTS5 expression. Null for any other tree. */
export function toMatch(tree: Tree, within: Columns): string | null {
  // Every term is `[a-z0-9]`, every label has only other letters beside them, and both are quoted, so typed text cannot
  // become syntax.
  // A word anywhere needs no columns, because no label is a word. Without them, it takes two thirds of the time.
  if ("word" in tree) return within === anywhere ? `"${tree.word}"` : `${within.words} : "${tree.word}"`;
  // Extra terms that follow each other are not neighbors in the text, so a phrase is searched for in texts only.
  if ("phrase" in tree) return `${within.texts} : "${tree.phrase.join(" ")}"`;
  if ("label" in tree) return `{labels} : "${tree.label}"`;
  if ("field" in tree) return toMatch(tree.of, fields[tree.field]);
  if ("and" in tree) return joinMatches(tree.and, " AND ", within);
  if ("or" in tree) return joinMatches(tree.or, " OR ", within);
  return null;
}

function joinMatches(trees: Tree[], by: string, within: Columns): string | null {
  const parts = trees.map((tree) => toMatch(tree, within));
  return parts.length === 0 || parts.includes(null) ? null : `(${parts.join(by)})`;
}

/** The order keys of a range. Papers without a feed day have keys of day 0, and are in none. */
function toKeys(range: Range | null): Keys {
  const { from, to } = range ?? { from: null, to: null };
  return {
    first: range === null ? 0 : Number(firstKey(from === null ? 1 : toEpochDay(from))),
    below: to === null ? Number.MAX_SAFE_INTEGER : Number(firstKey(toEpochDay(to) + 1)),
  };
}

/** The conditions of a plan on a row of "Paper" as `p`, for order keys within `keys`. */
export function restSql(db: Transaction, { rest, excluded, match, isNarrow }: Plan, keys: Keys): Prisma.Sql {
  const all = rest.map((part) => condition(db, part, anywhere, keys, isNarrow));
  // FTS5 cannot be asked for everything but something.
  const others = match === null ? excluded.map((one) => Prisma.sql`NOT (${inIndex(one, keys)})`) : [];
  return Prisma.join([Prisma.sql`TRUE`, ...all, ...others], " AND ");
}

/** Whether the index of words alone finds the papers of a plan. */
export const isIndexOnly = ({ rest, match }: Plan) => rest.length === 0 && match !== null;

/** Whether the papers of a plan are all of its days. */
export const isPlain = ({ rest, match, excluded, every }: Plan) =>
  rest.length === 0 && match === null && excluded.length === 0 && every === 1;

function condition(db: Transaction, tree: Tree, within: Columns, keys: Keys, isFirst = false): Prisma.Sql {
  const match = toMatch(tree, within);
  if (match !== null) return inIndex(match, keys);
  if ("row" in tree) return toPaperSql(db, tree.row, isFirst);
  if ("every" in tree) return Prisma.sql`p."orderKey" % ${tree.every} = 0`;
  if ("range" in tree) {
    const { first, below } = toKeys(tree.range);
    return Prisma.sql`(p."orderKey" >= ${first} AND p."orderKey" < ${below})`;
  }
  if ("not" in tree) return Prisma.sql`NOT (${condition(db, tree.not, within, keys)})`;
  if ("field" in tree) return condition(db, tree.of, fields[tree.field], keys);
  const each = (trees: Tree[]) => trees.map((one) => condition(db, one, within, keys));
  if ("and" in tree) return Prisma.sql`(${Prisma.join([Prisma.sql`TRUE`, ...each(tree.and)], " AND ")})`;
  const either = "or" in tree ? each(tree.or) : []; // words, phrases and labels are always a match
  return Prisma.sql`(${Prisma.join([Prisma.sql`FALSE`, ...either], " OR ")})`;
}

// With a plus, the list is looked up for each paper. Without, each of its papers would be looked up.
export const inIndex = (match: string, { first, below }: Keys) => Prisma.sql`+p."orderKey" IN
  (SELECT rowid FROM "PaperIndex" WHERE "PaperIndex" MATCH ${match} AND rowid >= ${first} AND rowid < ${below})`;

/** The conditions of a plan on a row of "Paper" as `p`, whose key is also in `key`. */
export function keyCondition(db: Transaction, plan: Plan, key: Prisma.Sql): Prisma.Sql {
  const { rest, excluded, match, keys, every } = plan;
  const all = rest.map((part) => ofKey(part, key) ?? condition(db, part, anywhere, keys));
  // The index of order keys also has the keys, so that no paper is read.
  const matching = (
    one: string,
  ) => Prisma.sql`(SELECT q."key" FROM "PaperIndex" JOIN "Paper" AS q ON q."orderKey" = "PaperIndex".rowid
    WHERE "PaperIndex" MATCH ${one} AND "PaperIndex".rowid >= ${keys.first} AND "PaperIndex".rowid < ${keys.below})`;
  if (match !== null) all.push(Prisma.sql`${key} IN ${matching(match)}`);
  else all.push(...excluded.map((one) => Prisma.sql`${key} NOT IN ${matching(one)}`));
  if (match === null && keys.below - keys.first < Number.MAX_SAFE_INTEGER)
    all.push(Prisma.sql`p."orderKey" >= ${keys.first} AND p."orderKey" < ${keys.below}`);
  if (every > 1) all.push(Prisma.sql`p."orderKey" % ${every} = 0`);
  return Prisma.join([Prisma.sql`TRUE`, ...all], " AND ");
}

/** A part as a condition on a paper's key. Null if that does not decide it. */
function ofKey(part: Tree, key: Prisma.Sql): Prisma.Sql | null {
  if ("row" in part) return "papers" in part.row ? Prisma.sql`${key} IN (${part.row.papers})` : null;
  if ("not" in part) {
    const sql = ofKey(part.not, key);
    return sql && Prisma.sql`NOT (${sql})`;
  }
  if (!("and" in part || "or" in part)) return null;
  const [parts, by] = "and" in part ? [part.and, " AND "] : [part.or, " OR "];
  const all = parts.flatMap((one) => ofKey(one, key) ?? []);
  return all.length < parts.length || all.length === 0 ? null : Prisma.sql`(${Prisma.join(all, by)})`;
}
