import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { nodeTooOld } from "../../scripts/setup/setup.mjs";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "broadsheet-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function start(env: Record<string, string>) {
  const all = { ...process.env, PORT: "0", ...env };
  const { status, stdout, stderr } = spawnSync(process.execPath, ["scripts/start.mjs"], {
    env: all,
    encoding: "utf8",
  });
  return { status, out: stdout, lines: stderr.trim().split("\n") };
}

test.each([
  ["18.20.4", false],
  ["20.18.3", false],
  ["20.19.0", true],
  ["22.3.0", true],
  ["24.0.0", true],
])("Node %s is new enough: %s", (version, fits) => {
  const line = nodeTooOld(version);
  if (fits) expect(line).toBeNull();
  else expect(line).toMatch(new RegExp(`^Broadsheet needs Node 20.19 or newer, this is ${version}`));
});

test("an invalid PORT is reported in one line", () => {
  expect(start({ PORT: "three" })).toEqual({
    status: 1,
    out: "",
    lines: ['PORT: expected a number from 0 to 65535, got "three"'],
  });
});

test("npm start names what it does not understand, and prints its usage", () => {
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ["scripts/start.mjs", ...args], { encoding: "utf8" });
  const wrong = run("--port", "99");
  expect([wrong.status, wrong.stdout]).toEqual([2, ""]);
  expect(wrong.stderr).toMatch(/^start: expected no options, got "--port 99"\nnpm start /);
  expect(run("--help")).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^npm start /),
    stderr: "",
  });
});

test("an .env that cannot be read is reported in one line", () => {
  mkdirSync(path.join(folder, ".env"));
  const program = `import { loadEnvFile } from "./scripts/setup/setup.mjs"; loadEnvFile("${folder}/.env");`;
  const { status, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", program], {
    encoding: "utf8",
  });
  expect(status).toBe(1);
  expect(stderr.trim().split("\n")).toEqual([
    expect.stringMatching(/\/\.env: expected a readable file of variables, one NAME=value per line \(EISDIR/),
  ]);
});

test("a data folder that is not writable is reported in one line", () => {
  writeFileSync(path.join(folder, "file"), "");
  const { status, lines } = start({ DATABASE_URL: `file:${folder}/file/library.db` });
  expect(status).toBe(1);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain(`The library's folder ${folder}/file is not writable`);
});
