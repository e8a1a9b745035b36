import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, inject, test, vi } from "vitest";
import { backUp } from "@/lib/db/postgres/backup";

const { server, base } = inject("postgres");
const url = `postgresql://ada:s%C3%A9cret%2F@db.example:5433/papers?sslmode=require`;
let folder = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "broadsheet-"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** Puts a program of this name in front of the real one. */
function usePgDump(script: string): void {
  writeFileSync(path.join(folder, "pg_dump"), `#!/bin/sh\n${script}`, { mode: 0o755 });
  vi.stubEnv("PATH", `${folder}:${process.env.PATH}`);
}
const inFolder = () => readdirSync(folder).filter((name) => name !== "pg_dump");

test("pg_dump writes the file, and gets the password where no other user can read it", async () => {
  usePgDump(
    `for one in "$@"; do case "$one" in --file=*) out="\${one#--file=}";; esac; done; echo "$PGPASSWORD $*" > "$out"`,
  );
  const file = path.join(folder, "library.dump");
  writeFileSync(file, "the backup of yesterday");
  const { bytes } = await backUp(url, file);
  const written = readFileSync(file, "utf8");
  expect(bytes).toBe(Buffer.byteLength(written));
  const [password, ...args] = written.trim().split(" ");
  expect(password).toBe("sécret/");
  expect(args).toContain("--format=custom");
  expect(args).toContain("--dbname=postgresql://ada@db.example:5433/papers?sslmode=require");
  expect(inFolder()).toEqual(["library.dump"]);
});

test("a password among the options of the address is not in the arguments either", async () => {
  usePgDump(
    `for one in "$@"; do case "$one" in --file=*) out="\${one#--file=}";; esac; done; echo "$PGPASSWORD $*" > "$out"`,
  );
  const file = path.join(folder, "library.dump");
  await backUp("postgresql://ada@db.example/papers?password=s3cret&sslmode=require", file);
  const [password, ...args] = readFileSync(file, "utf8").trim().split(" ");
  expect(password).toBe("s3cret");
  expect(args.join(" ")).not.toContain("s3cret");
});

test("if pg_dump fails, its reason is one line, and the earlier backup stays", async () => {
  usePgDump(`echo "pg_dump: error: the server is too new" >&2; echo "pg_dump: detail: no" >&2; exit 1`);
  const file = path.join(folder, "library.dump");
  writeFileSync(file, "the backup of yesterday");
  await expect(backUp(url, file)).rejects.toThrow(
    /^postgresql:\/\/db\.example:5433\/papers: pg_dump: error: the server is too new$/,
  );
  expect(readFileSync(file, "utf8")).toBe("the backup of yesterday");
  expect(inFolder()).toEqual(["library.dump"]);
});

test("without pg_dump, the error says how to get it", async () => {
  vi.stubEnv("PATH", folder);
  await expect(backUp(url, path.join(folder, "library.dump"))).rejects.toThrow(
    /^pg_dump was not found; .*postgresql-client/,
  );
});

test("a file in a folder that does not exist is refused before anything is read", async () => {
  const file = path.join(folder, "none", "library.dump");
  await expect(backUp(url, file)).rejects.toThrow(`expected a folder ${path.dirname(file)}, there is none`);
});

/** The newest server that the installed pg_dump can read, or 0. */
function pgDumpVersion(): number {
  try {
    return Number(/(\d+)/.exec(execFileSync("pg_dump", ["--version"], { encoding: "utf8" }))?.[1]);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return 0;
    throw error;
  }
}

test.skipIf(pgDumpVersion() === 0)(
  "the installed pg_dump saves this server, or says that it is too new",
  async () => {
    const library = new URL(server);
    library.pathname = `/${base}`;
    const file = path.join(folder, "library.dump");
    const saved = await backUp(library.href, file).catch((error: Error) => error);
    if (saved instanceof Error)
      expect(saved.message).toMatch(/server version mismatch; .*server version: 18.*postgresql-client/);
    else expect(readFileSync(file).subarray(0, 5).toString()).toBe("PGDMP");
    expect(existsSync(file)).toBe(!(saved instanceof Error));
  },
);
