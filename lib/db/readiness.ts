import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { readEnv } from "../env";
import { database } from "./client";
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
  const applied = await database().$queryRawUnsafe<Applied[]>(readLedger);
  const folder = path.resolve(/* turbopackIgnore: true */ process.cwd(), engine.migrations);
  return migrationProblem(applied, readMigrations(folder));
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
