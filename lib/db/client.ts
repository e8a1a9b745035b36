import { readEnv } from "../env";
import { engineFor } from "./engine-for";
import type { Database } from "./prisma";

export type { Database, Transaction } from "./prisma";

/** Opens a migrated library. `waitMs`: how long a write waits for another process. */
export function openDatabase(url: string, waitMs = 5000): Database {
  return engineFor(url).open(url, waitMs);
}

// The front and Next's bundle each have a copy of this module, but the process has one connection.
const shared = globalThis as typeof globalThis & {
  broadsheetDatabase?: Database | undefined;
  broadsheetReplica?: Database | undefined;
  broadsheetReplicaFollows?: boolean;
};

/** This process's one client, opened on first use. */
export function database(): Database {
  // It does not wait for another process's write, because on SQLite that would block every page; see
  // retry-while-locked.ts.
  shared.broadsheetDatabase ??= openDatabase(readEnv().databaseUrl, 0);
  return shared.broadsheetDatabase;
}

/**
 * The client for what is the same for every reader and may be a second old: that of the replica, while it follows. Never
 * for what a reader did, or in a write.
 */
export function sharedDatabase(): Database {
  return (shared.broadsheetReplicaFollows && replica()) || database();
}

/** The client of the replica in DATABASE_REPLICA_URL, opened on first use. Null if there is none. */
export function replica(): Database | null {
  const { replicaUrl } = readEnv();
  if (replicaUrl === null) return null;
  shared.broadsheetReplica ??= openDatabase(replicaUrl, 0);
  return shared.broadsheetReplica;
}

/** Says whether the replica has what the library had a second ago (watch.ts). Until then, all reads go to the library. */
export function noteReplicaFollows(follows: boolean): void {
  shared.broadsheetReplicaFollows = follows;
}

export async function closeDatabase(): Promise<void> {
  const { broadsheetDatabase, broadsheetReplica } = shared;
  shared.broadsheetDatabase = undefined;
  shared.broadsheetReplica = undefined;
  shared.broadsheetReplicaFollows = false;
  await Promise.all([broadsheetDatabase?.$disconnect(), broadsheetReplica?.$disconnect()]);
}
