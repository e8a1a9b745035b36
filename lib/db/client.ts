import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import { readEnv } from "../env";
import { type Prisma, PrismaClient } from "./generated/client";

export type Database = PrismaClient;
export type Transaction = Prisma.TransactionClient;

/** Opens a migrated library, with foreign keys enabled. `waitMs`: how long a write waits for another process. */
export function openDatabase(url: string, waitMs = 5000): Database {
  return new PrismaClient({ adapter: new PrismaBetterSqlite3({ url, timeout: waitMs }) });
}

// The front and Next's bundle each have a copy of this module, but the process has one connection.
const shared = globalThis as typeof globalThis & { broadsheetDatabase?: Database | undefined };

/** This process's one connection, opened on first use. */
export function database(): Database {
  // It does not wait for another process's write, because that would block every page; see sqlite/retry-while-locked.ts.
  shared.broadsheetDatabase ??= openDatabase(readEnv().databaseUrl, 0);
  return shared.broadsheetDatabase;
}

export async function closeDatabase(): Promise<void> {
  const open = shared.broadsheetDatabase;
  shared.broadsheetDatabase = undefined;
  await open?.$disconnect();
}
