import type { Database } from "../db/client";
import { readEnv } from "../env";
import { findDueSeries } from "./due";
import { hasQueued } from "./queue";

/** Whether a digest is due, or anything queued can be sent. */
export async function hasWork(db: Database, now: Date): Promise<boolean> {
  return (await hasQueued(db, now, readEnv().mail !== null)) || (await findDueSeries(db, now)).length > 0;
}
