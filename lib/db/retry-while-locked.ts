import { setTimeout as sleep } from "node:timers/promises";
import { isBusy } from "./problem";

const patienceMs = 5000;
const retryEveryMs = 10; // barely longer than the pauses of a large import

/**
 * Writes as soon as no other process is writing, within five seconds. SQLite's own waiting would block this whole
 * process, including every page. PostgreSQL waits by itself, but may end one of two transactions that wait for each
 * other. `write` must be a single statement, or a transaction that starts with a write: on SQLite, one that reads first
 * can no longer write once another process has written.
 */
export async function retryWhileLocked<Result>(write: () => Promise<Result>): Promise<Result> {
  for (const startedAt = Date.now(); ; await sleep(retryEveryMs)) {
    const triedAt = Date.now();
    try {
      return await write();
    } catch (error) {
      const waited = Date.now() - triedAt; // on PostgreSQL; the next try may take as long
      if (!isBusy(error) || Date.now() - startedAt + waited > patienceMs) throw error;
    }
  }
}
