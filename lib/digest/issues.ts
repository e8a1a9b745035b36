import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import { type Day, moveDay, toWeek, weekStart } from "../days";
import type { Database } from "../db/client";
import { isDuplicate } from "../db/is-duplicate";
import { databaseProblem, lineOf } from "../db/problem";
import { retryWhileLocked } from "../db/retry-while-locked";
import type { DueSeries } from "./due";
import { type Digest, findDigest } from "./find-digest";
import { queueIssue } from "./queue";
import { nameOf, type Series, toColumns } from "./series";

const pack = promisify(gzip);
const unpack = promisify(gunzip);

/**
 * Makes the digest of a series, and queues it for all who get it. Without new papers, that is recorded too, so that they
 * are not looked for again at once; so is a failure, with a line. Nothing happens if another process was first. Returns whether there
 * is a digest.
 */
export async function makeIssue(
  db: Database,
  { series, day, at }: DueSeries,
  now: Date,
  say: (line: string) => void = () => {},
): Promise<boolean> {
  const digest = await composeDigest(db, series, day).catch((error: unknown) => {
    if (databaseProblem(error) !== null) throw error;
    // One search must not hold up the others.
    say(`${nameOf(series.q, series.rhythm)}, ${day}: no digest, because of an error: ${lineOf(error)}`);
    return null;
  });
  const content = digest ? new Uint8Array(await pack(JSON.stringify(digest))) : new Uint8Array();
  const keys = JSON.stringify(digest?.keys ?? []);
  try {
    await retryWhileLocked(() =>
      db.$transaction(async (tx) => {
        const data = { ...toColumns(series), day, composedAt: now, keys, content };
        await tx.digestIssue.deleteMany({ where: { ...toColumns(series), day, keys: "[]" } });
        const { id } = await tx.digestIssue.create({ data, select: { id: true } });
        if (digest) await queueIssue(tx, id, series, at, now);
      }),
    );
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
  return digest !== null;
}

const remembered = 14;

/** The digest of a series and an edition: without what former ones brought, and with what they missed. */
export async function composeDigest(db: Database, series: Series, day: Day): Promise<Digest | null> {
  const { q, rhythm, watcher } = series;
  const former = await db.digestIssue.findMany({
    where: { ...toColumns(series), day: { lt: day } },
    orderBy: { day: "desc" },
    take: remembered,
    select: { day: true, keys: true },
  });
  // A number each, because so they were stored.
  const sent = former.flatMap(({ keys }) => JSON.parse(keys) as number[]);
  const start = rhythm === "daily" ? day : weekStart(toWeek(day));
  const first = former
    .map((issue) => issue.day)
    .filter((one) => one >= moveDay(start, -7))
    .at(-1);
  const since = rhythm === "weekly" && first ? weekStart(toWeek(first)) : (first ?? start);
  return findDigest({ q, name: nameOf(q, rhythm), rhythm, day, sent, since, reader: watcher });
}

/** A stored digest. */
export async function readContent(content: Uint8Array): Promise<Digest> {
  return JSON.parse((await unpack(content)).toString()); // as makeIssue wrote it
}
