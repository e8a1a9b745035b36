import type { Files, Room } from "./files";
import type { Database, Transaction } from "./prisma";

/** The database engines. A few statements have a form for each. */
export type EngineName = "sqlite" | "postgres";

// A transaction reads the properties of the client it was started on.
type Parts = {
  engine: EngineName;
  files: (room: Room) => Files;
  /** Null on SQLite, which has one, and before the first statement. */
  connections: () => Connections | null;
};

/** The connections of a pool, and how many requests wait for one. */
export type Connections = { busy: number; idle: number; waiting: number };

/** Notes on a new client what only its engine knows. */
export function withEngineParts(client: Database, parts: Parts): Database {
  return Object.assign<Database, Parts>(client, parts);
}

/** The connections of a client. Null on SQLite, which has one, and before the first statement. */
export function connectionsOf(db: Database): Connections | null {
  return (db as Database & Parts).connections();
}

/** The files beside a client's library. */
export function filesOf(db: Database, room: Room): Files {
  return (db as Database & Parts).files(room);
}

/** The engine of a client or a transaction. A process may have clients of both. */
export function engineOf(db: Transaction): EngineName {
  const { engine } = db as Transaction & Partial<Parts>;
  if (!engine) throw new Error("expected a client that openDatabase opened");
  return engine;
}

/** What each database engine does in its own way. `url` is the library's DATABASE_URL. */
export type Engine = {
  name: EngineName;
  /** The folder of its migrations, relative to the project's root. */
  migrations: string;
  /** Opens a migrated library. `waitMs`: how long a write waits for another process. */
  open(url: string, waitMs: number): Database;
  /**
   * Migrates the library, creating its tables if needed, and returns the names of the applied migrations. If several
   * processes start together, one migrates and the others wait. Throws an Error of one line.
   */
  migrate(url: string): Promise<string[]>;
  /** Identifies the library at this address. The answer changes if another library has taken its place. */
  identify(url: string, db: Database): Promise<string>;
  /** The library's name in messages, without a password. */
  nameOf(url: string): string;
};
