import { toEpochDay } from "../days";
import { Prisma } from "../db/generated/client";
import { database } from "../db/open-database";
import type { Paper } from "../paper";
import { parseQuery } from "../search/query";
import { matches } from "../search/sqlite";
import type { Filter } from "./filter";
import { loadPapers } from "./rows";

export type Results = { total: number; totalIsExact: boolean; page: number; limit: number; papers: Paper[] };

/** One page of the papers that a filter asks for. SQL picks the keys, Prisma brings their rows. */
export async function listPapers(filter: Filter): Promise<Results> {
  const db = database();
  const query = filter.q === "" ? null : parseQuery(filter.q);
  const found = query ? Prisma.sql`JOIN ${matches(query)} m ON m."orderKey" = p."orderKey"` : Prisma.empty;
  const tables = Prisma.sql`FROM "Paper" p ${found} WHERE ${Prisma.join(conditions(filter), " AND ")}`;
  const offset = (filter.page - 1) * filter.limit;
  const [counted] = await db.$queryRaw<{ total: bigint }[]>`SELECT count(*) AS total ${tables}`;
  const keys = await db.$queryRaw<{ key: bigint }[]>`
    SELECT p.key ${tables} ORDER BY ${order(filter)} LIMIT ${filter.limit} OFFSET ${offset}`;
  const papers = await loadPapers(
    db,
    keys.map((row) => Number(row.key)),
    query,
  );
  return {
    total: Number(counted?.total ?? 0),
    totalIsExact: true,
    page: filter.page,
    limit: filter.limit,
    papers,
  };
}

const perDay = 1_000_000n;

/** What a filter asks besides its words. Ranges are of the feed day, and so of the order key; a paper without one is outside. */
function conditions({ day, from, to }: Filter): Prisma.Sql[] {
  const asked = [Prisma.sql`TRUE`];
  if (day) asked.push(Prisma.sql`p.key IN (SELECT "paperKey" FROM "Entry" WHERE "listedOn" = ${day})`);
  if (from || to) asked.push(Prisma.sql`p."feedDay" IS NOT NULL`);
  if (from) asked.push(Prisma.sql`p."orderKey" >= ${BigInt(toEpochDay(from)) * perDay}`);
  if (to) asked.push(Prisma.sql`p."orderKey" < ${BigInt(toEpochDay(to) + 1) * perDay}`);
  return asked;
}

function order({ q, sort }: Filter): Prisma.Sql {
  if (sort === "upvotes") return Prisma.sql`p.upvotes DESC NULLS LAST, p."orderKey" DESC`;
  if (q === "") return Prisma.sql`p."orderKey" DESC`;
  // The index gives its rows in this order by itself when it is named as the index's.
  return sort === "newest" ? Prisma.sql`m."orderKey" DESC` : Prisma.sql`m.score, m."orderKey" DESC`;
}
