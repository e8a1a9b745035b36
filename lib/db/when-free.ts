import { setTimeout as sleep } from "node:timers/promises";
import { Prisma } from "./generated/client";

const patienceMs = 5000;
const everyMs = 10; // an import of many papers pauses for little longer

/**
 * Writes as soon as no other process does, within five seconds. SQLite's own waiting would hold up this whole process, and
 * with it every page; `write` has to be one statement or a transaction that writes first, since one that has read may never
 * write once another has.
 */
export async function whenFree<Result>(write: () => Promise<Result>): Promise<Result> {
  for (const begun = Date.now(); ; await sleep(everyMs)) {
    try {
      return await write();
    } catch (error) {
      if (!isBusy(error) || Date.now() - begun > patienceMs) throw error;
    }
  }
}

// Prisma's word for SQLITE_BUSY: that nothing came of waiting.
function isBusy(error: unknown): boolean {
  return (
    error instanceof Prisma.PrismaClientKnownRequestError &&
    (error.code === "P1008" || /SQLITE_BUSY|database is locked/.test(error.message))
  );
}
