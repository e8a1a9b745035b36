import type { Database, Transaction } from "../db/client";
import { Prisma } from "../db/prisma";
import { rows } from "../db/rows";
import type { Searchable } from "./terms";
import { scan } from "./tokens";

export type NameKind = "author" | "tag" | "organization";

/** A name, and how many papers have it. */
export type NameCount = { name: string; count: number };

/** The words of a name as they are looked up: folded, without accents. */
const wordsOf = (text: string) => scan(text).flatMap(({ parts }) => parts.map(({ word }) => word));

/**
 * Updates the names and how many papers have them: `before` are the papers before a change, `after` the same papers after it. An
 * organization is stored under its short name, and found by both.
 */
export async function countNames(tx: Transaction, before: Searchable[], after: Searchable[]): Promise<void> {
  const changes = new Map<string, { kind: NameKind; word: string; name: string; papers: number }>();
  const change = (kind: NameKind, name: string, text: string, by: number) => {
    for (const word of new Set(wordsOf(text))) {
      const key = `${kind} ${word} ${name}`;
      changes.set(key, { kind, word, name, papers: (changes.get(key)?.papers ?? 0) + by });
    }
  };
  const changeAll = ({ authors, tags, organization: [name, fullName] }: Searchable, by: number) => {
    // Two authors of a paper may share a name.
    for (const author of new Set(authors)) change("author", author, author, by);
    for (const tag of tags) change("tag", tag, tag, by);
    if (name) change("organization", name, `${name} ${fullName ?? ""}`, by);
  };
  for (const paper of before) changeAll(paper, -1);
  for (const paper of after) changeAll(paper, 1);
  // Sorted like the table, so that rows of one page are written together.
  const changed = [...changes]
    .filter(([, { papers }]) => papers !== 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, row]) => row);
  await tx.$executeRaw`INSERT INTO "NameWord" (kind, word, name, papers)
    SELECT found.kind, found.word, found.name, found.papers FROM ${rows(tx, changed, columns)} AS found WHERE TRUE
    ON CONFLICT (kind, word, name) DO UPDATE SET papers = "NameWord".papers + excluded.papers`;
  const fewer = changed.filter(({ papers }) => papers < 0);
  if (fewer.length > 0)
    await tx.$executeRaw`DELETE FROM "NameWord" WHERE papers <= 0 AND (kind, word, name) IN
      (SELECT found.kind, found.word, found.name FROM ${rows(tx, fewer, columns)} AS found)`;
}

const columns = { kind: "text", word: "text", name: "text", papers: "int" } as const;

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
  if (others.length === 0) {
    // Hundreds of names begin with two letters, and those that many papers have are in an index of their own.
    const popular = await db.$queryRaw<Found[]>`SELECT name, max(papers) AS papers FROM "NameWord"
      WHERE papers >= 8 AND ${within} GROUP BY name ORDER BY papers DESC, name LIMIT ${limit}`;
    if (popular.length === limit) return popular.map(toCount);
  }
  const found = await db.$queryRaw<Found[]>`SELECT name, max(papers) AS papers FROM "NameWord"
    WHERE ${within} GROUP BY name ORDER BY papers DESC, name LIMIT ${others.length > 0 ? maxCompared : limit}`;
  return found
    .filter(({ name }) => others.length === 0 || hasBeginnings(wordsOf(name), words))
    .slice(0, limit)
    .map(toCount);
}

type Found = { name: string; papers: bigint };
const toCount = ({ name, papers }: Found): NameCount => ({ name, count: Number(papers) });

/** Whether each of these beginnings, the longest first, belongs to a word of its own. */
function hasBeginnings(words: string[], beginnings: string[]): boolean {
  const left = [...words];
  return beginnings.every((beginning) => {
    const at = left.findIndex((word) => word.startsWith(beginning));
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
}
