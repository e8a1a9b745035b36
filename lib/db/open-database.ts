import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import { readEnv } from "../env";
import { type Prisma, PrismaClient } from "./generated/client";

export type Database = PrismaClient;
export type Transaction = Prisma.TransactionClient;

/** Opens a migrated library. The adapter switches foreign keys on and waits 5 s for another's write. */
export function openDatabase(url: string): Database {
  return new PrismaClient({ adapter: new PrismaBetterSqlite3({ url, timeout: 5000 }) });
}

// The server's front and Next's bundle each hold a copy of this module; the process holds one connection.
const shared = globalThis as typeof globalThis & { broadsheetDatabase?: Database | undefined };

/** This process's one connection, opened at its first use. */
export function database(): Database {
  shared.broadsheetDatabase ??= openDatabase(readEnv().databaseUrl);
  return shared.broadsheetDatabase;
}

export async function closeDatabase(): Promise<void> {
  const open = shared.broadsheetDatabase;
  shared.broadsheetDatabase = undefined;
  await open?.$disconnect();
}
