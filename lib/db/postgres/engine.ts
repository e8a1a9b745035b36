import type { Pool } from "pg";
import { type Engine, withEngineParts } from "../engine";
import type { Room } from "../files";
import { PrismaClient } from "../generated/postgres/client";
import type { Database } from "../prisma";
import { connectMs, poolConfig } from "./connect";
import { filesInTable } from "./files";
import { migrate } from "./migrate";
import { nameOfDatabase } from "./name";

// Longer than the driver waits for a connection or an answer, because its errors say what was wrong.
const transactionOptions = { maxWait: 2 * connectMs, timeout: 2 * connectMs };

/** PostgreSQL: the library is a database of a server. */
export const postgres: Engine = {
  name: "postgres",
  migrations: "prisma/postgresql/migrations",

  open(url, waitMs) {
    let pool: Pool | undefined;
    const adapter = {
      provider: "postgres",
      adapterName: "@prisma/adapter-pg",
      // Loaded on first use: the driver takes 15 MB, and a process needs only one of them.
      connect: async () => {
        const { PrismaPg } = await import("@prisma/adapter-pg");
        const connected = await new PrismaPg(await poolConfig(url, waitMs)).connect();
        pool = connected.underlyingDriver();
        return connected;
      },
    } as const;
    // The types of the two clients differ only in what PostgreSQL additionally allows.
    const client = new PrismaClient({ adapter, transactionOptions }) as unknown as Database;
    const connections = () =>
      pool
        ? { busy: pool.totalCount - pool.idleCount, idle: pool.idleCount, waiting: pool.waitingCount }
        : null;
    const files = (room: Room) => filesInTable(client, nameOfDatabase(url), room);
    return withEngineParts(client, { engine: "postgres", files, connections });
  },

  migrate,

  // Each library has its own id in the ledger of migrations, which a copy of the database keeps.
  async identify(_, db) {
    const [first] = await db.$queryRaw<{ id: string }[]>`
      SELECT id FROM "_prisma_migrations" ORDER BY migration_name LIMIT 1`;
    return first?.id ?? "";
  },

  nameOf: nameOfDatabase,
};
