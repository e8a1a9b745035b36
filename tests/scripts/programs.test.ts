import { execFileSync } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { hubAnswer } from "../hub-answer";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "broadsheet-"));
  mkdirSync(path.join(folder, "tmp"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function run(program: string, args: string[], input = "", library = "library.db"): string {
  const env = {
    ...process.env,
    INIT_CWD: folder,
    TMPDIR: path.join(folder, "tmp"),
    DATABASE_URL: `file:${folder}/${library}`,
  };
  return execFileSync(process.execPath, [`scripts/${program}.mjs`, ...args], {
    env,
    input,
    encoding: "utf8",
  });
}

test("programs leave no files in the temporary folder, where another user could plant code", () => {
  for (const program of ["scrape", "backup", "restore"]) expect(run(program, ["--help"])).toContain("Exit:");
  const lines = [1, 2].map((at) => JSON.stringify({ id: `2512.0000${at}`, title: `Paper ${at}` })).join("\n");
  writeFileSync(path.join(folder, "two.jsonl"), lines); // parsed on a thread of its own
  expect(run("scrape", ["two.jsonl"])).toContain("2 listed, 2 new");
  expect(run("scrape", ["-"], hubAnswer([{ id: "2512.00003", day: "2025-12-11" }]))).toContain("1 listed");
  expect(run("backup", ["copy.db"])).toContain("3 papers");
  expect(readdirSync(path.join(folder, "tmp"))).toEqual([]);
});

test("only their owner can read what programs write", () => {
  writeFileSync(path.join(folder, "day.json"), hubAnswer([{ id: "2512.00003", day: "2025-12-11" }]));
  const before = process.umask(0o022);
  run("scrape", ["day.json"], "", "new/library.db");
  run("backup", ["copy.db"], "", "new/library.db");
  chmodSync(path.join(folder, "copy.db"), 0o644);
  run("restore", ["copy.db"], "", "other/library.db");
  process.umask(before);
  const written = [...["new", "other"].map((name) => path.join(folder, name))].flatMap((name) => [
    name,
    ...readdirSync(name, { recursive: true, encoding: "utf8" }).map((file) => path.join(name, file)),
  ]);
  expect(written.filter((file) => file.endsWith(".gz"))).toHaveLength(1);
  expect(written.filter((file) => (statSync(file).mode & 0o077) !== 0)).toEqual([]);
});

test("programs are plain JavaScript that only their owner can write", () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync("package.json", "utf8"));
  expect(Object.keys({ ...dependencies, ...devDependencies })).not.toContain("tsx");
  run("scrape", ["--help"]); // runs the setup
  for (const file of [".", ...readdirSync("programs").filter((name) => /\.mjs(\.map)?$/.test(name))])
    expect([file, statSync(path.join("programs", file)).mode & 0o022]).toEqual([file, 0]);
});
