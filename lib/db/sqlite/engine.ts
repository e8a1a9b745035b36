import { stat } from "node:fs/promises";
import { type Engine, withEngineParts } from "../engine";
import { PrismaClient } from "../generated/sqlite/client";
import { closeDataFolder } from "./data-folder";
import { filesInFolder } from "./files";
import { migrate } from "./migrate";

const fileOf = (url: string) => url.slice("file:".length);

/** SQLite: the library is a file. */
export const sqlite: Engine = {
  name: "sqlite",
  migrations: "prisma/sqlite/migrations",

  open(url, waitMs) {
    const adapter = {
      provider: "sqlite",
      adapterName: "@prisma/adapter-better-sqlite3",
      // Loaded on first use, because a process needs only one of the drivers. Foreign keys are enabled by the adapter.
      connect: async () => {
        const { PrismaBetterSqlite3 } = await import("@prisma/adapter-better-sqlite3");
        return new PrismaBetterSqlite3({ url, timeout: waitMs }).connect();
      },
    } as const;
    const beside = fileOf(url).replace(/\.db$/, "");
    return withEngineParts(new PrismaClient({ adapter }), {
      engine: "sqlite",
      files: (room) => filesInFolder(`${beside}.${room}`),
      connections: () => null,
    });
  },

  migrate(url) {
    closeDataFolder();
    return migrate(fileOf(url));
  },

  // SQLite would continue with a file that was moved or replaced.
  async identify(url) {
    const { dev, ino } = await stat(fileOf(url));
    return `${dev}-${ino}`;
  },

  nameOf: fileOf,
};
