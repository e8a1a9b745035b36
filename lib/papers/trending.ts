import { type Day, moveDay, toDay } from "../days";
import { type Database, sharedDatabase } from "../db/client";
import { rows } from "../db/rows";
import type { Paper } from "../paper";
import { loadPapers } from "./rows";

/** A paper's gain in upvotes, from `since`, a day of the week, or from nothing if it was first listed on that day. */
type Gain = { key: number; gained: number; since: Day };

/** The papers that gained the most upvotes in the week up to `day`, most first. */
export type Trending = { day: Day; papers: { paper: Paper; gained: number; since: Day }[] };

/** A paper that rose, as a list beside an edition shows it. */
export type Rising = { id: string; title: string; gained: number };

const shown = 25;
const days = 7;
// Earlier days of votes are not tried. A library that is refreshed has a gain on nearly all of them.
const maxDaysTried = 30;

/** Trending papers in the week up to the last day on which any gain is known. Null if none is. */
export async function findTrending(): Promise<Trending | null> {
  const db = sharedDatabase();
  const found = await findGains(db, shown);
  if (!found) return null;
  const papers = await loadPapers(
    db,
    found.gains.map(({ key }) => key),
  );
  return {
    day: found.day,
    papers: papers.flatMap((paper, index) => {
      const gain = found.gains[index];
      return gain ? [{ paper, gained: gain.gained, since: gain.since }] : [];
    }),
  };
}

/**
 * What rose this week: the first trending papers, and the instant from which their votes are too old to say so. No papers
 * if they already are. Costs a few milliseconds.
 */
export async function findRising(
  limit = 5,
  now = new Date(),
): Promise<{ papers: Rising[]; until: Date | null }> {
  const db = sharedDatabase();
  const found = await findGains(db, limit);
  if (!found || areVotesOld(found.day, now)) return { papers: [], until: null };
  const papers = await db.paper.findMany({
    where: { key: { in: found.gains.map(({ key }) => key) } },
    select: { key: true, id: true, title: true },
  });
  const byKey = new Map(papers.map((paper) => [paper.key, paper]));
  const rising = found.gains.flatMap(({ key, gained }) => {
    const paper = byKey.get(key);
    return paper ? [{ id: paper.id, title: paper.title, gained }] : [];
  });
  return { papers: rising, until: votesOldFrom(found.day) };
}

/** The last day of which any votes are known. Null before the first. */
export async function findLastVotesDay(): Promise<Day | null> {
  const point = await sharedDatabase().votePoint.findFirst({
    orderBy: { day: "desc" },
    select: { day: true },
  });
  return point?.day ?? null;
}

/** Whether votes of this day say nothing about the week up to now. */
export function areVotesOld(day: Day, now: Date): boolean {
  return day < moveDay(toDay(now), -days);
}

/** The first instant at which votes of this day are old. */
export function votesOldFrom(day: Day): Date {
  return new Date(`${moveDay(day, days + 1)}T00:00:00Z`);
}

async function findGains(db: Database, limit: number): Promise<{ day: Day; gains: Gain[] } | null> {
  let day = await findLastVotesDay();
  for (let tried = 0; day !== null && tried < maxDaysTried; tried++) {
    const gains = await findGainsUpTo(db, day, limit);
    if (gains.length > 0) return { day, gains };
    const earlier = await db.votePoint.findFirst({
      where: { day: { lt: day } },
      orderBy: { day: "desc" },
      select: { day: true },
    });
    day = earlier?.day ?? null;
  }
  return null;
}

/**
 * The largest gains in the week up to a day. Votes are stored on days when an import found that they had changed. A gain
 * counts from the first day of the week on which the paper's votes are known: they were stored, or its list was
 * imported. A paper first listed within the week has gained all its votes. A paper whose earlier votes are from before the
 * week is left out: nobody knows when they changed.
 */
async function findGainsUpTo(db: Database, day: Day, limit: number): Promise<Gain[]> {
  const weekStart = moveDay(day, -days);
  const imports = await db.import.groupBy({
    by: ["period"],
    where: {
      kind: "day",
      error: null,
      period: { not: null },
      at: { gte: new Date(`${weekStart}T00:00:00Z`) },
    },
    _min: { at: true },
  });
  const checks = rows(
    db,
    imports.flatMap(({ period, _min }) => (_min.at ? [{ listedOn: period, day: toDay(_min.at) }] : [])),
    { listedOn: "text", day: "text" },
  );
  const gains = await db.$queryRaw<{ key: bigint; gained: bigint; since: Day }[]>`
    WITH week AS (
      SELECT v."paperKey" AS key, min(v.day) AS first, max(v.day) AS last FROM "VotePoint" v
      WHERE v.day >= ${weekStart} AND v.day <= ${day} AND v.upvotes IS NOT NULL GROUP BY v."paperKey"),
    known AS (
      SELECT week.key, week.last, p."orderKey", p."feedDay" >= ${weekStart} AS isnew,
        CASE WHEN p."feedDay" >= ${weekStart} THEN p."feedDay" WHEN checks.day < week.first THEN checks.day
          ELSE week.first END AS since
      FROM week JOIN "Paper" p ON p."key" = week.key LEFT JOIN ${checks} AS checks ON checks."listedOn" = p."feedDay")
    SELECT known.key AS key, known.since AS since,
      now.upvotes - CASE WHEN known.isnew THEN 0 ELSE before.upvotes END AS gained
    FROM known JOIN "VotePoint" now ON now."paperKey" = known.key AND now.day = known.last
    LEFT JOIN "VotePoint" before ON before."paperKey" = known.key AND before.day =
      (SELECT max(b.day) FROM "VotePoint" b
       WHERE b."paperKey" = known.key AND b.day <= known.since AND b.upvotes IS NOT NULL)
    WHERE now.upvotes > CASE WHEN known.isnew THEN 0 ELSE before.upvotes END
    ORDER BY gained DESC, known."orderKey" DESC LIMIT ${limit}`;
  return gains.map(({ key, gained, since }) => ({ key: Number(key), gained: Number(gained), since }));
}
