import { type Day, isWeek, monthEnd, moveDay, toWeek, weekStart } from "../days";
import { sharedDatabase } from "../db/client";
import { filterOf } from "./filter";
import { listPapers, type Results } from "./list";
import { countUnlisted, findLatestListedDay, findNearestListedDays } from "./listed";

/** The editions of a week, `2025-W50`, or a month, `2025-12`. */
export type Period = {
  kind: "week" | "month";
  name: string;
  from: Day;
  to: Day;
  /** The nearest ones with an edition. */
  previous: string | null;
  next: string | null;
  /** Each day, and the number of papers listed on it. */
  days: { day: Day; papers: number }[];
  /** Its papers, once each, most upvotes first. */
  results: Results;
  /** The number of papers published in it, but never listed on a day. They are not among its papers. */
  unlisted: number;
};

/** A period, which must exist, with one page of its papers. */
export async function findPeriod(name: string, page: number): Promise<Period> {
  const kind = isWeek(name) ? "week" : "month";
  const from = kind === "week" ? weekStart(name) : `${name}-01`;
  const to = kind === "week" ? moveDay(from, 6) : monthEnd(name);
  const db = sharedDatabase();
  const { before, after } = await findNearestListedDays(db, from, to);
  return {
    kind,
    name,
    from,
    to,
    previous: before && periodOf(kind, before),
    next: after && periodOf(kind, after),
    days: await countDays(from, to),
    results: await listPapers(filterOf({ [kind]: name, sort: "upvotes", page })),
    unlisted: await countUnlisted(db, from, to),
  };
}

/** The week or month of a day. */
export function periodOf(kind: Period["kind"], day: Day): string {
  return kind === "week" ? toWeek(day) : day.slice(0, 7);
}

/** The week or month of the latest edition. Null if there is none. */
export async function findLatestPeriod(kind: Period["kind"]): Promise<string | null> {
  const latest = await findLatestListedDay(sharedDatabase());
  return latest && periodOf(kind, latest);
}

/** Each day of a range, and the number of papers listed on it. */
export async function countDays(from: Day, to: Day): Promise<{ day: Day; papers: number }[]> {
  const rows = await sharedDatabase().$queryRaw<{ day: Day; papers: bigint }[]>`
    SELECT "listedOn" AS day, count(DISTINCT "paperKey") AS papers FROM "Entry"
    WHERE "listedOn" BETWEEN ${from} AND ${to} GROUP BY "listedOn"`;
  const counts = new Map(rows.map((row) => [row.day, Number(row.papers)]));
  const days: { day: Day; papers: number }[] = [];
  for (let day = from; day <= to; day = moveDay(day, 1)) days.push({ day, papers: counts.get(day) ?? 0 });
  return days;
}
