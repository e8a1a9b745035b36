import type { Database, Transaction } from "../db/client";
import { Prisma } from "../db/prisma";
import { rows } from "../db/rows";
import { scan } from "./tokens";

/** The names in one paper. An organization is stored under its short name, and found by both. */
export type Names = {
  author: string[];
  tag: string[];
  organization: { name: string; fullName: string | null }[];
};

export type NameKind = keyof Names;

/** A name, and how many papers have it. */
export type NameCount = { name: string; count: number };

/** The words of a name as they are looked up: folded, without accents. */
const wordsOf = (text: string) => scan(text).flatMap(({ parts }) => parts.map(({ word }) => word));

/** Stores the words of these names. Those that are known stay as they are. */
export async function writeNames(tx: Transaction, papers: Names[]): Promise<void> {
  const found = new Map<string, { kind: NameKind; word: string; name: string }>();
  const add = (kind: NameKind, name: string, text: string) => {
    for (const word of wordsOf(text)) found.set(`${kind} ${word} ${name}`, { kind, word, name });
  };
  for (const { author, tag, organization } of papers) {
    for (const name of author) add("author", name, name);
    for (const name of tag) add("tag", name, name);
    for (const { name, fullName } of organization) add("organization", name, `${name} ${fullName ?? ""}`);
  }
  // Sorted like the table, so that rows of one page are written together.
  const sorted = [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  await tx.$executeRaw`INSERT INTO "NameWord" (kind, word, name)
    SELECT found.kind, found.word, found.name
    FROM ${rows(tx, sorted, { kind: "text", word: "text", name: "text" })} AS found WHERE TRUE
    ON CONFLICT DO NOTHING`;
}

const counts: Record<NameKind, Prisma.Sql> = {
  author: Prisma.sql`(SELECT count(*) FROM "Author" WHERE name = found.name)`,
  tag: Prisma.sql`(SELECT count(*) FROM "Tag" WHERE name = found.name)`,
  organization: Prisma.sql`(SELECT count(*) FROM "Paper" WHERE "organizationName" = found.name)`,
};

// Thousands of names begin with one letter, and nobody has typed enough to mean one of them.
const minLetters = 2;
// The most names that are compared with the other words that were typed.
const maxCompared = 5000;

/**
 * Names in which each typed word begins a word, those of the most papers first. Case and accents do not matter. Empty for a
 * text without a word of two letters.
 */
export async function findNames(
  db: Database,
  kind: NameKind,
  typed: string,
  limit: number,
): Promise<NameCount[]> {
  const words = wordsOf(typed).sort((a, b) => b.length - a.length);
  const [longest = "", ...others] = words;
  if (longest.length < minLetters) return [];
  // "{" follows the last letter that a word may have.
  const within = Prisma.sql`kind = ${kind} AND word >= ${longest} AND word < ${`${longest}{`}`;
  let names = Prisma.sql`(SELECT DISTINCT name FROM "NameWord" WHERE ${within})`;
  if (others.length > 0) {
    const found = await db.$queryRaw<{ name: string }[]>`
      SELECT DISTINCT name FROM "NameWord" WHERE ${within} LIMIT ${maxCompared}`;
    const matching = found.filter(({ name }) => hasBeginnings(wordsOf(name), words));
    names = rows(db, matching, { name: "text" });
  }
  const counted = await db.$queryRaw<{ name: string; papers: bigint }[]>`
    SELECT * FROM (SELECT found.name AS name, ${counts[kind]} AS papers FROM ${names} AS found) AS counted
    WHERE papers > 0 ORDER BY papers DESC, name LIMIT ${limit}`;
  return counted.map(({ name, papers }) => ({ name, count: Number(papers) }));
}

/** Whether each of these beginnings, the longest first, belongs to a word of its own. */
function hasBeginnings(words: string[], beginnings: string[]): boolean {
  const left = [...words];
  return beginnings.every((beginning) => {
    const at = left.findIndex((word) => word.startsWith(beginning));
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
}
