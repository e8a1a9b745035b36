import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setImmediate } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "broadsheet-"));
  mkdirSync(path.join(folder, "tmp"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const env = () => ({
  ...process.env,
  INIT_CWD: folder,
  TMPDIR: path.join(folder, "tmp"),
  DATABASE_URL: `file:${folder}/data/library.db`,
});

test.each([["yes"], ["cat /dev/zero"], ["yes '[{\"paper\":'"]])(
  "an endless pipe without papers is rejected in one line: %s",
  (endless) => {
    const { stdout, stderr } = spawnSync(
      "bash",
      [
        "-c",
        `${endless} 2>/dev/null | node scripts/scrape.mjs --dry-run -; echo "$PIPESTATUS \${PIPESTATUS[1]}"`,
      ],
      { env: env(), encoding: "utf8" },
    );
    expect([stdout.trim().split(" ").at(-1), stderr]).toEqual([
      "1",
      "standard input: not read: expected at most 64 MB, got more\n",
    ]);
  },
);

test.skipIf(!existsSync("/proc/self/fd"))(
  "a scrape killed while reading a pipe leaves no temporary files",
  async () => {
    const child = spawn(process.execPath, ["scripts/scrape.mjs", "-"], {
      env: env(),
      stdio: ["pipe", "ignore", "inherit"],
    });
    child.stdin?.write(`{"title": "The first of many"}\n`);
    const isSpooling = () =>
      readdirSync(`/proc/${child.pid}/fd`).some((fd) => {
        try {
          return new RegExp(`^${folder}/data/.*broadsheet-part \\(deleted\\)$`).test(
            readlinkSync(`/proc/${child.pid}/fd/${fd}`),
          );
        } catch {
          return false; // closed meanwhile
        }
      });
    while (!isSpooling()) await setImmediate();
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(readdirSync(path.join(folder, "tmp"))).toEqual([]);
    expect(readdirSync(path.join(folder, "data")).filter((name) => !name.startsWith("library.db"))).toEqual(
      [],
    );
  },
);
