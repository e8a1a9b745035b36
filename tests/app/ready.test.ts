import { createServer } from "node:net";
import { expect, test } from "vitest";
import { GET as health } from "@/app/api/health/route";
import { GET as ready } from "@/app/api/ready/route";
import { closeDatabase } from "@/lib/db/client";
import { announceStop } from "@/lib/http/stopping";
import { openTestLibrary } from "@/tests/library";

const { db } = openTestLibrary();

const ask = async () => {
  const answer = await ready();
  return [answer.status, await answer.json()];
};
const notReady = (...reasons: string[]) => [503, { status: "not ready", reasons }];
const ok = [200, { status: "ready", reasons: [] }];
const unknown = { status: "ok", papers: null, latestEdition: null };

test("a migrated library is ready, and its papers are counted", async () => {
  await expect.poll(ask).toEqual(ok); // the first statement loads the driver
  await expect
    .poll(async () => (await health()).json())
    .toEqual({ status: "ok", papers: 0, latestEdition: null });
});

test("a library that lacks a migration, or has one of a newer program, is not ready", async () => {
  const [last] = await db().$queryRaw<{ name: string }[]>`
    SELECT migration_name AS name FROM "_prisma_migrations" ORDER BY migration_name DESC LIMIT 1`;
  const name = last?.name ?? "";
  const rename = (from: string, to: string) =>
    db().$executeRaw`UPDATE "_prisma_migrations" SET migration_name = ${to} WHERE migration_name = ${from}`;
  const newer = "29990101000000_new";
  await rename(name, newer);
  const withNewer = await ask();
  await db()
    .$executeRaw`UPDATE "_prisma_migrations" SET rolled_back_at = started_at WHERE migration_name = ${newer}`;
  const without = await ask();
  await db()
    .$executeRaw`UPDATE "_prisma_migrations" SET rolled_back_at = NULL WHERE migration_name = ${newer}`;
  await rename(newer, name); // on PostgreSQL, the next test has the same database
  expect(withNewer).toEqual(
    notReady(
      `The library is unavailable: written by a newer Broadsheet (it has the migration ${newer}); update the program.`,
    ),
  );
  expect(without).toEqual(
    notReady(
      `The library is unavailable: it lacks the migration ${name}; restart the server, which applies it.`,
    ),
  );
});

test("a database that accepts connections but says nothing is not ready after two seconds, and the program lives", async () => {
  const silent = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => silent.once("listening", resolve));
  const { port } = silent.address() as { port: number }; // it listens on a port
  process.env.DATABASE_URL = `postgresql://ada:secret@127.0.0.1:${port}/papers`;
  await closeDatabase();
  expect(await ask()).toEqual(notReady("The library is unavailable: it did not answer within two seconds."));
  expect(await (await health()).json()).toEqual(unknown);
  silent.close();
});

test("a database server that is down is not ready, and the program lives; no login is shown", async () => {
  process.env.DATABASE_URL = "postgresql://ada:secret@127.0.0.1:1/papers";
  await closeDatabase();
  const [status, { reasons }] = await ask();
  expect([status, reasons]).toEqual([
    503,
    [expect.stringMatching(/^The library is unavailable: the database server does not answer; check /)],
  ]);
  expect(await (await health()).json()).toEqual(unknown);
});

test("a server that is stopping is not ready, although its library is", async () => {
  announceStop();
  await expect.poll(ask).toEqual(notReady("The server is stopping."));
});
