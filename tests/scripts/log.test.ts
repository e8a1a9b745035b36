import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readEnv } from "@/lib/env";
import { failureLine, logOptions } from "../../scripts/log";

// In the repository, so that the program finds its packages.
let folder = "";
beforeAll(async () => {
  folder = mkdtempSync(path.resolve("programs/test-log-"));
  const program = `
    import { openLog } from "../../scripts/log";
    import { withNotes } from "../../lib/http/answer";
    const writeLine = await openLog(JSON.parse(process.argv[2]));
    console.log("library: %d papers", 7);
    console.warn("a warning");
    const notes = { status: null, sharedAt: null, sharedUntil: null, problem: null, requestId: "r-1" };
    withNotes(notes, () => console.error("\\u001b[31m⨯\\u001b[39m", "boom\\n    at page.tsx"));
    console.error("⨯", Object.assign(new Error("one\\nof many lines"), { code: "ECONNREFUSED" }));
    console.error("refused postgresql://ada:hunter22@db/papers, hunter22, 100% sure");
    writeLine("error", "serve: GET /papers: 503, no", { requestId: "r-2", method: "GET", path: "/papers", status: 503, ms: 12 });
  `;
  writeFileSync(path.join(folder, "in.ts"), program);
  await build({
    entryPoints: [path.join(folder, "in.ts")],
    outfile: path.join(folder, "out.mjs"),
    ...{ bundle: true, packages: "external", format: "esm", platform: "node", logLevel: "error" },
  });
});
afterAll(() => rmSync(folder, { recursive: true }));

function run(format: "text" | "json") {
  const options = JSON.stringify({ format, secrets: ["hunter22"] });
  const { stdout, stderr } = spawnSync(process.execPath, [path.join(folder, "out.mjs"), options], {
    encoding: "utf8",
  });
  return { out: stdout.split("\n").slice(0, -1), errors: stderr.split("\n").slice(0, -1) };
}

test("text lines are as they were printed, with the id of the request and without secrets", () => {
  expect(run("text")).toEqual({
    out: ["library: 7 papers"],
    errors: [
      "a warning",
      "\u001b[31m⨯\u001b[39m boom (request r-1)",
      "    at page.tsx",
      expect.stringMatching(/^library: the database server does not answer; .*$/),
      "refused postgresql://…@db/papers, …, 100% sure",
      "serve: GET /papers: 503, no (request r-2)",
    ],
  });
});

test("with json, each line is an object, errors on standard error", () => {
  const { out, errors } = run("json");
  const parsed = [...out, ...errors].map((line) => JSON.parse(line));
  for (const { time } of parsed) expect(time).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  expect(out).toHaveLength(1);
  expect(parsed).toMatchObject([
    { level: "info", msg: "library: 7 papers" },
    { level: "warn", msg: "a warning" },
    { level: "error", msg: "boom\n    at page.tsx", requestId: "r-1" },
    { level: "error", msg: expect.stringMatching(/^library: the database server does not answer; /) },
    { level: "error", msg: "refused postgresql://…@db/papers, …, 100% sure" },
    {
      level: "error",
      msg: "serve: GET /papers: 503, no",
      requestId: "r-2",
      path: "/papers",
      status: 503,
      ms: 12,
    },
  ]);
});

test("the password of the database and the token of the metrics are secrets, however they are spelled", () => {
  const variables = {
    DATABASE_URL: "postgresql://ada:p%40ssword@db/papers",
    METRICS_TOKEN: "0123456789abcdef",
    LOG_FORMAT: "json",
  };
  expect(logOptions(readEnv(variables as unknown as NodeJS.ProcessEnv))).toEqual({
    format: "json",
    secrets: ["p%40ssword", "p@ssword", "0123456789abcdef"],
  });
  expect(logOptions(readEnv({} as NodeJS.ProcessEnv))).toEqual({ format: "text", secrets: [] });
});

test("the line of a failed request is short, and safe to print", () => {
  const line = failureLine("GET", `/papers?token=abc&q=\u001b[2J${"x".repeat(500)}`, 503, "no");
  expect(line).toMatch(/^serve: GET \/papers\?token=…&q=\\u001b\[2Jx+: 503, no$/);
  expect(line.length).toBeLessThan(350);
});
