import { migrate } from "../db/migrate";
import { type Database, openDatabase } from "../db/open-database";
import { readEnv } from "../env";
import { rebuildIndex } from "../search/rebuild";
import { termsVersion } from "../search/tokens";

/** What had to be done before the library could be used. */
export type Prepared = { migrated: string[]; indexRebuilt: boolean };

/**
 * Migrates the library that the environment names and makes its index anew where the rules of its terms have changed.
 * Throws an Error of one line that names the file.
 */
export async function prepareLibrary(): Promise<Prepared> {
  const { databaseFile, databaseUrl } = readEnv();
  const migrated = await migrate(databaseFile);
  const db = openDatabase(databaseUrl);
  try {
    return { migrated, indexRebuilt: await refreshIndex(db) };
  } catch (error) {
    const last = error instanceof Error ? error.message.trim().split("\n").at(-1) : String(error);
    throw new Error(`${databaseFile}: ${last}`, { cause: error });
  } finally {
    await db.$disconnect();
  }
}

async function refreshIndex(db: Database): Promise<boolean> {
  const revision = await db.revision.findUnique({ where: { id: 1 } });
  if (revision?.termsVersion === termsVersion) return false;
  await rebuildIndex(db);
  return true;
}
