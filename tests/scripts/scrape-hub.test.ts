import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openFakeHub } from "../hub";
import { hubAnswer } from "../hub-answer";

const hub = openFakeHub();
let folder = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "broadsheet-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const program = path.resolve("scripts/scrape.mjs");
const env = () => ({
  ...process.env,
  INIT_CWD: folder,
  DATABASE_URL: `file:${folder}/library.db`,
  HUB_URL: hub.url(),
});

function scrape(args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...args], { env: env() }, (error, out, err) =>
      resolve({ code: typeof error?.code === "number" ? error.code : 0, out, err }),
    );
  });
}

const papersOf = (day: string) =>
  hubAnswer([1, 2].map((at) => ({ id: `${day.slice(2, 4)}${day.slice(5, 7)}.${day.slice(8)}00${at}`, day })));
const listed = (day: string, format = "hf-api") =>
  `${day} ${format}: 2 listed, 2 new, 0 updated, 0 unchanged, 0 rejected\n`;

test("without arguments, a scrape reads the latest day, and an address can be a SOURCE", async () => {
  hub.answers((_, response) => response.end(papersOf("2025-12-11")));
  expect(await scrape([])).toEqual({ code: 0, out: listed("2025-12-11"), err: "" });
  const { out, code } = await scrape(["--json", `${hub.url()}/api/daily_papers?date=2025-12-11`]);
  expect([code, JSON.parse(out)]).toMatchObject([
    0,
    { unchanged: 2, listing: { url: expect.stringContaining("date=2025-12-11") } },
  ]);
});

test("a second --date or --since for a day only asks whether it has changed", async () => {
  hub.answers((url, response, request) => {
    const day = url.searchParams.get("date") ?? "";
    response.setHeader("ETag", `"${day}"`);
    if (request.headers["if-none-match"] === `"${day}"`) response.writeHead(304).end();
    else response.end(papersOf(day));
  });
  const day = new Date().toISOString().slice(0, 10); // today has not closed yet
  expect((await scrape(["--date", day])).out).toBe(listed(day));
  const again = `${day} hf-api: 2 listed, 0 new, 0 updated, 2 unchanged, 0 rejected\n`;
  expect(await scrape(["--date", day])).toEqual({ code: 0, out: again, err: "" });
  expect((await scrape(["--since", day, "--until", day])).out).toBe(again);
  expect(hub.requests.map(({ headers }) => headers["if-none-match"])).toEqual([
    undefined,
    `"${day}"`,
    `"${day}"`,
  ]);
});

test("control characters of a source are not sent to the terminal, and passwords and tokens are neither printed nor stored", async () => {
  hub.answers((url, response) => {
    const { token } = Object.fromEntries(url.searchParams);
    if (token === "T0ken")
      response.end(`{"title": "Lamps \\u001b]0;gone\\u0007 \\u009b31m", "code": "\\u001b[2J"}\n`);
    else response.writeHead(500).end();
  });
  const address = hub.url().replace("//", "//ada:S3cret@");
  const all = await Promise.all([
    scrape([`${address}/papers.jsonl?token=T0ken&q=1`]),
    scrape(["--dry-run", "--json", `${hub.url()}/papers.jsonl?token=T0ken`]),
    scrape([`${address}/broken?access_token=T0ken`]),
  ]);
  const printed = all.map(({ out, err }) => out + err).join("");
  expect(printed).toContain("http://…@127.0.0.1");
  expect(printed).toContain("?token=…&q=1");
  expect(printed).toContain("Lamps");
  const stored = readFileSync(path.join(folder, "library.db"), "latin1");
  expect(stored).toContain("papers.jsonl?token=");
  for (const secret of ["S3cret", "T0ken"]) {
    expect(printed).not.toContain(secret);
    expect(stored).not.toContain(secret);
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be printed
  expect(printed.replaceAll("\n", "")).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
});

test("Ctrl-C ends a scrape with exit code 130, and what was saved stays", async () => {
  const secondRequest = new Promise<void>((resolve) => {
    hub.answers((url, response) => {
      const day = url.searchParams.get("date") ?? "";
      if (day === "2025-12-09") response.end(papersOf(day));
      else resolve(); // and leave it without an answer
    });
  });
  const child = spawn(process.execPath, [program, "--since", "2025-12-09"], {
    env: env(),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let err = "";
  child.stderr.on("data", (bytes) => {
    err += bytes;
  });
  await secondRequest;
  child.kill("SIGINT");
  const [code] = await once(child, "close"); // not "exit": its last line may arrive after that
  // Only the last line: a slow machine prints progress before it.
  expect([code, err.trim().split("\n").at(-1)]).toEqual([
    130,
    "scrape: interrupted; what was saved stays, run it again to import the rest",
  ]);
  hub.answers((_, response) => response.end(papersOf("2025-12-09")));
  // The request that was cut off does not keep the next run from the host.
  expect((await scrape(["--date", "2025-12-09"])).out).toContain("0 new, 0 updated, 2 unchanged");
  expect(readFileSync(path.join(folder, "library.db")).length).toBeGreaterThan(0);
});
