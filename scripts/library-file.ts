import { readEnv } from "@/lib/env";

/** The file of the library. Throws if it is on PostgreSQL, whose own tools back it up. */
export function libraryFile(): string {
  const { databaseFile } = readEnv();
  if (databaseFile === null)
    throw new Error(
      "DATABASE_URL is a PostgreSQL database: save it with pg_dump -Fc, restore it with pg_restore --clean",
    );
  return databaseFile;
}
