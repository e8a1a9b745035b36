import { setTimeout as sleep } from "node:timers/promises";
import { Prisma } from "../generated/client";

const patienceMs = 5000;
const everyMs = 10; // barely longer than the pauses of a large import

/**
 * Writes as soon as no other process is writing, within five seconds. SQLite's own waiting would block this whole
 * process, including every page. `write` must be a single statement, or a transaction that starts with a write: one
 * that has read first may never write after another process has.
 */
export async function retryWhileLocked<Result>(write: () => Promise<Result>): Promise<Result> {
  for (const begun = Date.now(); ; await sleep(everyMs)) {
    try {
      return await write();
    } catch (error) {
      if (!isBusy(error) || Date.now() - begun > patienceMs) throw error;
    }
  }
}

// Prisma's code for SQLITE_BUSY: waiting was in vain.
function isBusy(error: unknown): boolean {
  return (
    error instanceof Prisma.PrismaClientKnownRequestError &&
    (error.code === "P1008" || /SQLITE_BUSY|database is locked/.test(error.message))
  );
}
