import { readFileSync } from "node:fs";
import Sqlite from "better-sqlite3";
import { expect, test } from "vitest";
import { choices } from "@/lib/readers/settings";

const sql = readFileSync("prisma/sqlite/migrations/20261129140000_setting_names/migration.sql", "utf8");

test.each([
  [
    { density: "lines", passing: "moving" },
    { density: "compact", markSeen: "passed" },
  ],
  [
    { density: "abstracts", passing: "scrolling" },
    { density: "full", markSeen: "scrolled" },
  ],
  [
    { density: "titles", passing: "nothing" },
    { density: "titles", markSeen: "opened" },
  ],
])("an upgrade turns the settings %j into %j, and those that Undo restores", (before, after) => {
  const db = new Sqlite(":memory:");
  db.exec(`CREATE TABLE "Reader" ("settings" TEXT NOT NULL); CREATE TABLE "Change" ("settings" TEXT)`);
  for (const table of ["Reader", "Change"])
    db.prepare(`INSERT INTO "${table}" VALUES (?)`).run(JSON.stringify({ theme: "dark", ...before }));
  db.exec(`INSERT INTO "Change" VALUES (NULL)`);
  db.exec(sql);
  const settings = [
    db.prepare(`SELECT "settings" FROM "Reader"`).pluck().get(),
    ...db.prepare(`SELECT "settings" FROM "Change"`).pluck().all(),
  ].map((text) => JSON.parse(String(text)));
  expect(settings).toEqual([{ theme: "dark", ...after }, { theme: "dark", ...after }, null]);
  expect(choices.density).toContain(after.density);
  expect(choices.markSeen).toContain(after.markSeen);
  db.close();
});
