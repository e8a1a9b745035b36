import { derivedVersion, type OnProgress, rederive } from "../catalog/rederive";
import { type Database, openDatabase } from "../db/client";
import { engineFor } from "../db/engine-for";
import { lineOf } from "../db/problem";
import { readEnv } from "../env";

/** What had to be done before the library could be used. */
export type Prepared = { migrated: string[]; rederived: boolean };

// On a server, processes start together, and one of them may have a large index to rebuild.
const patienceMs = { sqlite: 5000, postgres: 600_000 };

/**
 * Migrates the library in the environment's configuration, and rebuilds its index and tags if their rules have changed.
 * `show` receives the progress. Throws an Error of one line that names the library, including the list of topics.
 */
export async function prepareLibrary(show?: OnProgress): Promise<Prepared> {
  const { databaseUrl } = readEnv();
  const engine = engineFor(databaseUrl);
  const version = derivedVersion(); // first, because an error in the list of topics is not the library's fault
  const migrated = await engine.migrate(databaseUrl);
  const db = openDatabase(databaseUrl, patienceMs[engine.name]);
  try {
    return { migrated, rederived: await refreshDerived(db, version, show) };
  } catch (error) {
    throw new Error(`${engine.nameOf(databaseUrl)}: ${lineOf(error)}`, { cause: error });
  } finally {
    await db.$disconnect();
  }
}

async function refreshDerived(db: Database, version: number, show?: OnProgress): Promise<boolean> {
  const revision = await db.revision.findUnique({ where: { id: 1 } });
  if (revision?.termsVersion === version) return false;
  const papers = await db.paper.count();
  await rederive(db, show, false);
  return papers > 0;
}
