import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { readEnv } from "../env";
import { type Database, database } from "./client";
import type { Engine } from "./engine";
import { engineFor } from "./engine-for";
import { type Applied, findPending, type Migration, readLedger, readMigrations } from "./migrations";
import { problemInWords } from "./watch";

// Less than the patience of whatever asks.
const patienceMs = 2000;

/**
 * Why this program cannot use the library right now, or null if it can: the database answers, and its migrations are
 * those of this program. Answers within two seconds, and names no path, host or user.
 */
export async function libraryProblem(): Promise<string | null> {
  try {
    const late = sleep(patienceMs, "it did not answer within two seconds", { ref: false });
    return await Promise.race([checkLibrary(), late]);
  } catch (error) {
    return problemInWords(error);
  }
}

async function checkLibrary(): Promise<string | null> {
  const { databaseUrl } = readEnv();
  const engine = engineFor(databaseUrl);
  await engine.identify(databaseUrl, database());
  return findMigrationProblem(database(), engine);
}

/** Why this program cannot use a library whose migrations it may not apply, or null if they are all there. */
export async function findMigrationProblem(db: Database, engine: Engine): Promise<string | null> {
  const applied = await db.$queryRawUnsafe<Applied[]>(readLedger).catch(ifNoLedger);
  if (applied === null) return "expected a library of Broadsheet, found another database";
  const folder = path.resolve(/* turbopackIgnore: true */ process.cwd(), engine.migrations);
  return migrationProblem(applied, readMigrations(folder));
}

function ifNoLedger(error: unknown): null {
  if (error instanceof Error && /_prisma_migrations/.test(error.message.split("\n").at(-1) ?? ""))
    return null;
  throw error;
}

function migrationProblem(applied: Applied[], known: Migration[]): string | null {
  try {
    const [next] = findPending("it", applied, known);
    return next ? `it lacks the migration ${next.name}; restart the server, which applies it` : null;
  } catch (error) {
    if (error instanceof Error) return error.message.slice("it: ".length);
    throw error;
  }
}
