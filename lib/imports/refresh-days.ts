import { type Day, moveDay, toHubDay } from "../days";
import type { Database } from "../db/client";
import { isConfirmedEmpty } from "./settled";

// The votes of a day change for two weeks. Older days are fetched only if they were missed.
const votingDays = 14;
const maxDays = 60;

/** The days that a refresh fetches, newest first, without days known to be empty. */
export async function listDaysToRefresh(db: Database, now: Date): Promise<Day[]> {
  const today = toHubDay(now);
  const imports = await db.import.findMany({
    where: { kind: "day", error: null, url: { not: null }, period: { not: null } },
    select: { period: true, at: true, listed: true },
    orderBy: { id: "asc" },
  });
  const last = imports.reduce((latest, { period }) => (period && period > latest ? period : latest), "");
  const answers = new Map<Day, { at: Date; listed: number }[]>();
  for (const { period, at, listed } of imports)
    if (period) answers.set(period, [...(answers.get(period) ?? []), { at, listed }]);
  const isEmpty = (day: Day) => {
    const ofDay = answers.get(day) ?? [];
    return ofDay.every(({ listed }) => listed === 0) && isConfirmedEmpty(day, ofDay);
  };
  const days: Day[] = [];
  for (let back = 0; back < maxDays; back++) {
    const day = moveDay(today, -back);
    if (back > votingDays && (last === "" || day < last)) break;
    if (!isEmpty(day)) days.push(day);
  }
  return days;
}
