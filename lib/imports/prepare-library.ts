import { derivedVersion, type OnProgress, rederive } from "../catalog/rederive";
import { type Database, openDatabase } from "../db/client";
import { closeDataFolder } from "../db/sqlite/data-folder";
import { migrate } from "../db/sqlite/migrate";
import { databaseProblem } from "../db/sqlite/problem";
import { readEnv } from "../env";

/** What had to be done before the library could be used. */
export type Prepared = { migrated: string[]; rederived: boolean };

/**
 * Migrates the library in the environment's configuration, and rebuilds its index and tags if their rules have changed.
 * `show` receives the progress. Throws an Error of one line that names the file, including the list of topics.
 */
export async function prepareLibrary(show?: OnProgress): Promise<Prepared> {
  const { databaseFile, databaseUrl } = readEnv();
  const version = derivedVersion(); // first, because an error in the list of topics is not the library's fault
  closeDataFolder();
  const migrated = await migrate(databaseFile);
  const db = openDatabase(databaseUrl);
  try {
    return { migrated, rederived: await refreshDerived(db, version, show) };
  } catch (error) {
    const last = error instanceof Error ? error.message.trim().split("\n").at(-1) : String(error);
    throw new Error(`${databaseFile}: ${databaseProblem(error) ?? last}`, { cause: error });
  } finally {
    await db.$disconnect();
  }
}

async function refreshDerived(db: Database, version: number, show?: OnProgress): Promise<boolean> {
  const revision = await db.revision.findUnique({ where: { id: 1 } });
  if (revision?.termsVersion === version) return false;
  const papers = await db.paper.count();
  await rederive(db, show);
  return papers > 0;
}
