import type { Database } from "../db/client";
import { hideSecrets } from "../printable";

/** The state of a refresh, or its result. */
export type RefreshState = {
  running: boolean;
  startedAt: Date | null;
  finishedAt: Date | null;
  /** In words. Null before the first refresh. */
  message: string | null;
  failed: boolean;
};

/** How often a running refresh says that it is alive. */
export const heartbeatMs = 10_000;
// After this long without a heartbeat, its process has died.
const deadMs = 60_000;

/** The current refresh, or the last one. */
export async function findRefresh(db: Database, now = new Date()): Promise<RefreshState> {
  const row = await db.refresh.findUniqueOrThrow({ where: { id: 1 } });
  const { startedAt, beatAt, finishedAt, message, failed } = row;
  const running = startedAt !== null && finishedAt === null;
  // Compares in both directions: if the clock was set back, the start is in the future, and would block refreshes until
  // then.
  if (running && Math.abs(now.getTime() - (beatAt ?? startedAt).getTime()) > deadMs)
    return { running: false, startedAt, finishedAt: beatAt, ...endedEarly };
  return { running, startedAt, finishedAt, message, failed };
}

const endedEarly = { message: "Stopped before finishing.", failed: true };

/** Marks a refresh as ended whose process has died, if it started at or after `startedSince`. */
export async function endRefresh(db: Database, startedSince: Date): Promise<void> {
  await db.refresh.updateMany({
    where: { id: 1, startedAt: { gte: startedSince }, finishedAt: null },
    data: { finishedAt: new Date(), ...endedEarly },
  });
}

/** Starts a refresh. False if another process is refreshing. */
export async function claimRefresh(db: Database, now: Date): Promise<boolean> {
  const free = {
    OR: [
      { startedAt: null },
      { finishedAt: { not: null } },
      { beatAt: { lt: new Date(now.getTime() - deadMs) } },
      { beatAt: { gt: new Date(now.getTime() + deadMs) } },
    ],
  };
  const data = { startedAt: now, beatAt: now, finishedAt: null, message: null, failed: false };
  const { count } = await db.refresh.updateMany({ where: { id: 1, ...free }, data });
  return count === 1;
}

/** Updates the state of the running refresh, which is also its heartbeat. */
export async function updateRefresh(
  db: Database,
  data: { message?: string; finishedAt?: Date; failed?: boolean },
): Promise<void> {
  const message = data.message && { message: hideSecrets(data.message) };
  await db.refresh.update({ where: { id: 1 }, data: { ...data, ...message, beatAt: new Date() } });
}
