import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { closeDataFolder } from "@/lib/db/sqlite/data-folder";

let root = "";
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "broadsheet-"));
  vi.spyOn(process, "cwd").mockReturnValue(root);
  vi.stubEnv("DATABASE_URL", "");
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true });
});

/** Creates a folder as earlier versions did: readable by everyone. */
function createFolder(name: string): void {
  mkdirSync(path.join(root, name, "broadsheet.listings/2025-12-11"), { recursive: true });
  for (const file of ["broadsheet.db", "broadsheet.db-wal", "broadsheet.listings/2025-12-11/body.gz"])
    writeFileSync(path.join(root, name, file), "");
  for (const file of ["", "broadsheet.listings"]) chmodSync(path.join(root, name, file), 0o755);
  chmodSync(path.join(root, name, "broadsheet.db"), 0o644);
}
const modeOf = (name: string) => (statSync(path.join(root, name)).mode & 0o777).toString(8);

test("the default folder and everything in it become private to their owner", () => {
  createFolder("data");
  closeDataFolder();
  for (const folder of ["data", "data/broadsheet.listings", "data/broadsheet.listings/2025-12-11"])
    expect([folder, modeOf(folder)]).toEqual([folder, "700"]);
  for (const file of ["broadsheet.db", "broadsheet.db-wal", "broadsheet.listings/2025-12-11/body.gz"])
    expect([file, modeOf(`data/${file}`)]).toEqual([file, "600"]);
});

test("a configured folder, or one behind a link, is left unchanged", () => {
  createFolder("mine");
  vi.stubEnv("DATABASE_URL", "file:mine/broadsheet.db");
  closeDataFolder();
  symlinkSync("mine", path.join(root, "data"));
  vi.stubEnv("DATABASE_URL", "");
  closeDataFolder();
  expect([modeOf("mine"), modeOf("mine/broadsheet.db")]).toEqual(["755", "644"]);
});
