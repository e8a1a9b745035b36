import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import Sqlite from "better-sqlite3";
import { expect, test } from "vitest";
import { hubAnswer } from "../hub-answer";

const days = 30; // enough that the kill comes before the end, even on a slow machine
const perDay = 30;

/** Everything that a scrape saves, except times and keys that depend on the order of saving. */
function dump(file: string) {
  const db = new Sqlite(file);
  expect(db.pragma("integrity_check", { simple: true })).toBe("ok");
  expect(db.pragma("foreign_key_check")).toEqual([]);
  db.exec(`CREATE VIRTUAL TABLE temp.terms USING fts5vocab('main', 'PaperIndex', 'instance')`);
  const queries = [
    `SELECT id, title, feedDay, upvotes, orderKey FROM "Paper" ORDER BY id`,
    `SELECT p.id, a.place, a.name FROM "Author" a JOIN "Paper" p ON p.key = a.paperKey ORDER BY 1, 2`,
    `SELECT l.period, e.place, p.id FROM "Entry" e JOIN "Listing" l ON l.id = e.listingId
      JOIN "Paper" p ON p.key = e.paperKey ORDER BY 1, 2`,
    `SELECT word, papers FROM "Word" ORDER BY word`,
    `SELECT term, doc, col, "offset" FROM temp.terms ORDER BY 2, 3, 4`,
  ];
  const rows = queries.map((query) => db.prepare(query).raw().all());
  db.close();
  return rows;
}

test("a killed scrape leaves only whole listings, and running it again completes the library", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "broadsheet-"));
  mkdirSync(path.join(folder, "days"));
  for (let day = 1; day <= days; day++) {
    const on = `2025-10-${String(day).padStart(2, "0")}`;
    const items = Array.from({ length: perDay }, (_, at) => ({
      id: `2510.${String(day * 100 + at).padStart(5, "0")}`,
      day: on,
      authors: [`Author ${at}`],
    }));
    writeFileSync(path.join(folder, "days", `${on}.json`), hubAnswer(items));
  }
  const command = [path.resolve("scripts/scrape.mjs"), path.join(folder, "days")];
  const env = (name: string) => ({ ...process.env, INIT_CWD: "", DATABASE_URL: `file:${folder}/${name}.db` });

  for (const linesBefore of [1, 7]) {
    const child = spawn(process.execPath, command, { env: env("killed") });
    let output = "";
    child.stdout.on("data", (bytes) => {
      output += bytes;
      if (output.split("\n").length > linesBefore) child.kill("SIGKILL");
    });
    const [, signal] = await new Promise<[number | null, string | null]>((resolve) => {
      child.on("exit", (code, by) => resolve([code, by]));
    });
    expect(signal).toBe("SIGKILL");
    const db = new Sqlite(`${folder}/killed.db`);
    const sizes = db.prepare(`SELECT count(*) FROM "Entry" GROUP BY listingId`).pluck().all();
    db.close();
    expect(new Set(sizes)).toEqual(new Set([perDay]));
    expect(sizes.length).toBeLessThan(days);
  }
  for (const name of ["killed", "undisturbed"]) {
    expect(spawnSync(process.execPath, command, { env: env(name) }).status).toBe(0);
  }
  expect(dump(`${folder}/killed.db`)).toEqual(dump(`${folder}/undisturbed.db`));
  rmSync(folder, { recursive: true });
});
