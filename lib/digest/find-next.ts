import { moveDay, toWeek, weekStart } from "../days";
import { sharedDatabase } from "../db/client";
import { findLatestListedDay } from "../papers/listed";
import { type Digest, findDigest } from "./find-digest";
import { nameOf } from "./series";

/** The digest of the latest edition, or of its week, as somebody who subscribed now would get it first. Null if it has no papers. */
export async function findNextDigest(
  q: string,
  rhythm: Digest["rhythm"],
  reader: string | null,
): Promise<Digest | null> {
  const latest = await findLatestListedDay(sharedDatabase(), false);
  if (latest === null) return null;
  const monday = weekStart(toWeek(latest));
  const days =
    rhythm === "daily" ? { day: latest, since: latest } : { day: moveDay(monday, 6), since: monday };
  return findDigest({ q, name: nameOf(q, rhythm), rhythm, ...days, sent: [], reader });
}
