import { readEnv } from "../env";
import { engineFor } from "./engine-for";
import type { Database } from "./prisma";

export type { Database, Transaction } from "./prisma";

/** Opens a migrated library. `waitMs`: how long a write waits for another process. */
export function openDatabase(url: string, waitMs = 5000): Database {
  return engineFor(url).open(url, waitMs);
}

// The front and Next's bundle each have a copy of this module, but the process has one connection.
const shared = globalThis as typeof globalThis & { broadsheetDatabase?: Database | undefined };

/** This process's one client, opened on first use. */
export function database(): Database {
  // It does not wait for another process's write, because on SQLite that would block every page; see
  // retry-while-locked.ts.
  shared.broadsheetDatabase ??= openDatabase(readEnv().databaseUrl, 0);
  return shared.broadsheetDatabase;
}

export async function closeDatabase(): Promise<void> {
  const open = shared.broadsheetDatabase;
  shared.broadsheetDatabase = undefined;
  await open?.$disconnect();
}
