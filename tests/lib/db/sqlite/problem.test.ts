import { closeSync, openSync, writeFileSync, writeSync } from "node:fs";
import Sqlite from "better-sqlite3";
import { expect, test } from "vitest";
import { closeDatabase, openDatabase } from "@/lib/db/client";
import { databaseProblem } from "@/lib/db/problem";
import { migrate } from "@/lib/db/sqlite/migrate";
import { hubAnswer } from "@/tests/hub-answer";
import { openTestLibrary, scrapeBody } from "@/tests/library";

const { db, file } = openTestLibrary();
const one = hubAnswer([{ id: "2512.00001", day: "2025-12-11" }]);
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => error,
  );

test("a full disk is reported, and nothing of the listing is saved", async () => {
  await db().$queryRawUnsafe("PRAGMA max_page_count = 1"); // SQLite's own limit: the file cannot grow
  const many = hubAnswer(
    Array.from({ length: 200 }, (_, at) => ({ id: `2512.${10_000 + at}`, day: "2025-12-11" })),
  );
  expect(databaseProblem(await failure(scrapeBody(db(), many)))).toMatch(/^the disk is full/);
  expect(await db().paper.count()).toBe(0);
});

test("a library locked by another program is reported", async () => {
  const other = new Sqlite(file());
  other.exec("BEGIN IMMEDIATE");
  const impatient = openDatabase(`file:${file()}`, 50);
  expect(databaseProblem(await failure(scrapeBody(impatient, one)))).toMatch(
    /^another program is writing to it/,
  );
  await impatient.$disconnect();
  other.close();
});

test("a migration reports a damaged library and a file that is not a database", async () => {
  await scrapeBody(db(), one);
  await closeDatabase();
  const whole = new Sqlite(file());
  whole.pragma("journal_mode = DELETE");
  whole.close();
  const handle = openSync(file(), "r+");
  writeSync(handle, Buffer.alloc(4000, 7), 0, 4000, 100);
  closeSync(handle);
  await expect(migrate(file())).rejects.toThrow(/it is damaged; restore a backup with npm run restore/);
  writeFileSync(file(), "Dear Ada,\n".repeat(1000));
  await expect(migrate(file())).rejects.toThrow(/expected a SQLite database, got another file/);
});
