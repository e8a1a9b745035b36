import { setImmediate } from "node:timers/promises";
import type { Database, Transaction } from "../db/client";
import { Prisma } from "../db/prisma";
import { rows } from "../db/rows";
import { inIndex, isIndexOnly, isPlain, type Keys, type Plan, restSql } from "./sqlite-plan";

/** Order keys as a table with the column `key`. */
export const keyRows = (db: Transaction, keys: number[]) =>
  rows(
    db,
    keys.map((key) => ({ key })),
    { key: "int" },
  );

/** The matching papers as a table with the column `key`, for order keys within `keys`. */
function matching(db: Transaction, plan: Plan, keys: Keys): Prisma.Sql {
  const { match, isNarrow, every } = plan;
  const isSampled = every > 1;
  const within = (key: Prisma.Sql) => Prisma.sql`${key} >= ${keys.first} AND ${key} < ${keys.below}
    ${isSampled ? Prisma.sql`AND ${key} % ${every} = 0` : Prisma.empty}`;
  if (match !== null && isIndexOnly(plan))
    return Prisma.sql`(SELECT rowid AS key FROM "PaperIndex" WHERE "PaperIndex" MATCH ${match} AND ${within(Prisma.sql`rowid`)})`;
  const rest = restSql(db, plan, keys);
  if (match === null || isNarrow) {
    const matches = match === null ? Prisma.empty : Prisma.sql`AND ${inIndex(match, keys)}`;
    return Prisma.sql`(SELECT p."orderKey" AS key FROM "Paper" AS p
      WHERE ${within(Prisma.sql`p."orderKey"`)} AND ${rest} ${matches})`;
  }
  // CROSS JOIN: the words find the papers, and the rest is checked for each of them.
  return Prisma.sql`(SELECT p."orderKey" AS key FROM "PaperIndex" CROSS JOIN "Paper" AS p ON p."orderKey" = "PaperIndex".rowid
    WHERE "PaperIndex" MATCH ${match} AND ${within(Prisma.sql`"PaperIndex".rowid`)} AND ${rest})`;
}

// A statement keeps the whole process waiting, so it looks at no more papers than this.
export const slice = 4000;

/** The order keys of a plan in pieces, the newest first. One piece if its papers need not be looked at one by one. */
async function* slicesOf(db: Database, plan: Plan): AsyncIterable<Keys> {
  if (isIndexOnly(plan) || isPlain(plan) || plan.isNarrow) {
    yield plan.keys;
    return;
  }
  for (let below = plan.keys.below; below > plan.keys.first; ) {
    const [last] = await db.$queryRaw<{ key: bigint }[]>`SELECT "orderKey" AS key FROM "Paper"
      WHERE "orderKey" >= ${plan.keys.first} AND "orderKey" < ${below}
      ORDER BY "orderKey" DESC LIMIT 1 OFFSET ${slice - 1}`;
    const first = last ? Number(last.key) : plan.keys.first;
    yield { first, below };
    below = first;
    await setImmediate(); // others have their turn
  }
}

/** How many papers each plan has. Stops at a limit. */
export async function countAll(db: Database, plans: Plan[], limit: number): Promise<number[]> {
  const simple = plans.flatMap(({ match, keys, ...plan }, place) =>
    plan.every === 1 && isIndexOnly({ match, keys, ...plan }) ? [{ place, match, ...keys }] : [],
  );
  const asked = rows(db, simple, { place: "int", match: "text", first: "int", below: "int" });
  // MATERIALIZED, or SQLite would decode the limits from JSON again for every paper that it compares with them.
  const found = await db.$queryRaw<{ place: bigint; papers: bigint }[]>`
    WITH asked AS MATERIALIZED ${asked}
    SELECT asked.place AS place, (SELECT count(*) FROM (SELECT 1 FROM "PaperIndex"
      WHERE "PaperIndex" MATCH asked.match AND rowid >= asked.first AND rowid < asked.below LIMIT ${limit})) AS papers
    FROM asked`;
  const counts = new Map(found.map(({ place, papers }) => [Number(place), Number(papers)]));
  for (const [place, plan] of plans.entries())
    if (!counts.has(place)) counts.set(place, await countMatches(db, plan, limit));
  return plans.map((_, place) => counts.get(place) ?? 0);
}

async function countMatches(db: Database, plan: Plan, limit: number): Promise<number> {
  let papers = 0;
  for await (const keys of slicesOf(db, plan)) {
    const [row] = await db.$queryRaw<{ papers: bigint }[]>`
      SELECT count(*) AS papers FROM (SELECT 1 FROM ${matching(db, plan, keys)} LIMIT ${limit - papers})`;
    papers += Number(row?.papers ?? 0);
    if (papers >= limit) break;
  }
  return papers;
}

/** The newest papers of a plan, without some. */
export async function newest(
  db: Database,
  plan: Plan,
  offset: number,
  limit: number,
  except: number[] = [],
): Promise<number[]> {
  let skip = offset;
  const found: number[] = [];
  const others =
    except.length === 0
      ? Prisma.empty
      : Prisma.sql`WHERE +key NOT IN (SELECT key FROM ${keyRows(db, except)})`;
  for await (const keys of slicesOf(db, plan)) {
    const isWhole = keys === plan.keys;
    const listed = await db.$queryRaw<{ key: bigint }[]>`SELECT key FROM ${matching(db, plan, keys)} ${others}
      ORDER BY key DESC LIMIT ${isWhole ? limit : slice} OFFSET ${isWhole ? skip : 0}`;
    const fresh = isWhole ? listed : listed.slice(skip);
    skip = Math.max(0, skip - listed.length);
    found.push(...fresh.map(({ key }) => Number(key)));
    if (found.length >= limit) break;
  }
  return found.slice(0, limit);
}

/** Those of the papers that match, in the same order. */
export async function keepMatching(db: Database, plan: Plan, keys: number[]): Promise<number[]> {
  if (isPlain(plan)) return keys.filter((key) => key >= plan.keys.first && key < plan.keys.below);
  const range = { first: Math.min(...keys), below: Math.max(...keys) + 1 };
  const within = {
    first: Math.max(range.first, plan.keys.first),
    below: Math.min(range.below, plan.keys.below),
  };
  const found = await db.$queryRaw<
    { key: bigint }[]
  >`SELECT m.key AS key FROM ${matching(db, plan, within)} AS m
    WHERE +m.key IN (SELECT key FROM ${keyRows(db, keys)})`;
  const matches = new Set(found.map(({ key }) => Number(key)));
  return keys.filter((key) => matches.has(key));
}
