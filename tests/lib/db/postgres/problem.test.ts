import { createServer } from "node:net";
import pg from "pg";
import { afterAll, expect, inject, test } from "vitest";
import { openDatabase } from "@/lib/db/client";
import { migrate } from "@/lib/db/postgres/migrate";
import { databaseProblem, isBusy } from "@/lib/db/problem";
import { openTestDatabase, type TestDatabase } from "@/tests/postgres-library";
import { withDatabase } from "@/tests/postgres-server";

const { server, base } = inject("postgres");

const elsewhere = (changes: Partial<URL>) => Object.assign(new URL(withDatabase(server, base)), changes).href;

/** The error of reading a library, and of migrating it. */
async function errorsOf(url: string): Promise<unknown[]> {
  const db = openDatabase(url);
  const errors = [
    await db.paper.count().catch((error: unknown) => error),
    await db.$queryRaw`SELECT 1`.catch((error: unknown) => error),
    await migrate(url).catch((error: unknown) => error),
  ];
  await db.$disconnect();
  return errors;
}

// A server that accepts connections, and says nothing.
const silent = createServer();
const listening = new Promise<string>((resolve) => {
  silent.listen(0, "127.0.0.1", () => resolve(String((silent.address() as { port: number }).port))); // it listens on a port
});
afterAll(() => silent.close());

test.each<[string, Partial<URL>, RegExp]>([
  ["no server", { port: "1" }, /does not answer; check that it runs/],
  ["no such host", { hostname: "nowhere.invalid" }, /does not answer/],
  ["a server that says nothing", { port: await listening }, /does not answer/],
  ["a wrong password", { password: "wrong" }, /refused the name or password/],
  ["no such database", { pathname: "/nothing" }, /has no such database/],
])("%s is explained, without the password, within seconds", async (_, changes, expected) => {
  const startedAt = performance.now();
  for (const error of await errorsOf(elsewhere(changes))) {
    expect(error).toBeInstanceOf(Error);
    expect(databaseProblem(error)).toMatch(expected);
    expect(String(error)).not.toContain("secret");
  }
  expect(performance.now() - startedAt).toBeLessThan(30_000);
});

test("a read-only database and a lock that is never free are explained, and only the lock is waited for", async () => {
  const library: TestDatabase = await openTestDatabase({ server, base });
  const db = openDatabase(library.url, 0);
  const write = () => db.revision.update({ where: { id: 1 }, data: { number: 7 } });
  const raw = () => db.$executeRaw`UPDATE "Revision" SET number = 7`;
  const other = new pg.Client(library.url);
  await other.connect();
  await other.query(`BEGIN; LOCK TABLE "Revision" IN EXCLUSIVE MODE`);
  for (const error of await Promise.all([write, raw].map((one) => one().catch((error: unknown) => error)))) {
    expect(databaseProblem(error)).toBe("another program is writing to it; try again in a moment");
    expect(isBusy(error)).toBe(true);
  }
  await other.query("ROLLBACK");
  await other.query(
    `ALTER DATABASE "${new URL(library.url).pathname.slice(1)}" SET default_transaction_read_only = on`,
  );
  await other.end();
  await db.$disconnect();
  for (const one of [write, raw]) {
    const error = await one().catch((error: unknown) => error);
    expect(databaseProblem(error)).toMatch(/^the database is read-only/);
    expect(isBusy(error)).toBe(false);
  }
  await db.$disconnect();
  await library.remove();
});

test("a full disk and too many connections are explained", async () => {
  const library: TestDatabase = await openTestDatabase({ server, base });
  const db = openDatabase(library.url, 0);
  // A disk of a few kilobytes would take more rights than a test has. This is PostgreSQL's own error for a full one.
  await db.$executeRaw`CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE disk_full; END'`;
  await db.$executeRaw`CREATE TRIGGER full_disk BEFORE UPDATE ON "Revision" EXECUTE FUNCTION full_disk()`;
  for (const write of [
    db.revision.update({ where: { id: 1 }, data: { number: 7 } }),
    db.$executeRaw`UPDATE "Revision" SET number = 7`,
  ]) {
    const error = await write.catch((error: unknown) => error);
    expect(databaseProblem(error)).toMatch(/^the database server is out of disk space/);
  }
  const role = new URL(library.url).pathname.slice(1);
  await db.$executeRawUnsafe(`CREATE ROLE ${role} LOGIN PASSWORD 'secret' CONNECTION LIMIT 0`);
  const url = Object.assign(new URL(library.url), { username: role }).href;
  for (const error of await errorsOf(url))
    expect(databaseProblem(error)).toBe(
      "the database server has no free connection; raise its max_connections",
    );
  await db.$executeRawUnsafe(`DROP ROLE ${role}`);
  await db.$disconnect();
  await library.remove();
});
