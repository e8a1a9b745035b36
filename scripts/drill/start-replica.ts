import { chownSync, cpSync, readdirSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import pg from "pg";
import { type Postgres, startPostgres } from "./start-postgres";

/** What a first server needs so that a replica can follow it. */
export const replicated = ["wal_level=replica", "max_wal_senders=4", "wal_keep_size=1GB"];

/**
 * Starts a second server that follows the first, as PostgreSQL's manual says for a base backup without pg_basebackup: copy
 * the data between pg_backup_start and pg_backup_stop. From then on, the first one answers "saved" only for what both have.
 */
export async function startReplica(primary: Postgres, settings: string[]): Promise<Postgres> {
  const client = new pg.Client(primary.url);
  await client.connect();
  try {
    await client.query("SELECT pg_backup_start('replica', true)");
    const replica = await startPostgres(settings, async (folder) => {
      cpSync(primary.folder, folder, {
        recursive: true,
        filter: (name) => !/postmaster\.(pid|opts)$/.test(name),
      });
      const { rows } = await client.query<{ labelfile: string }>(
        "SELECT labelfile FROM pg_backup_stop(false)",
      );
      writeFileSync(path.join(folder, "backup_label"), rows[0]?.labelfile ?? "");
      writeFileSync(path.join(folder, "standby.signal"), "");
      const { hostname, username, password } = new URL(primary.url);
      const connection = `host=${hostname} port=${primary.port} user=${username} password=${password} application_name=replica`;
      writeFileSync(path.join(folder, "postgresql.auto.conf"), `primary_conninfo = '${connection}'\n`);
      giveTo(folder, statSync(primary.folder));
    });
    await client.query("ALTER SYSTEM SET synchronous_standby_names = 'replica'");
    await client.query("SELECT pg_reload_conf()");
    return replica;
  } finally {
    await client.end();
  }
}

/** PostgreSQL's user has to own its data. */
function giveTo(folder: string, { uid, gid }: { uid: number; gid: number }): void {
  for (const name of ["", ...readdirSync(folder, { recursive: true, encoding: "utf8" })])
    chownSync(path.join(folder, name), uid, gid);
}
