import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { hubAnswer } from "../hub-answer";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "broadsheet-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

type Said = { code: number; out: string; err: string };

/** Runs the scraper as its user does, standing in `folder`. */
function scrape(words: string[], input = ""): Promise<Said> {
  const env = { ...process.env, INIT_CWD: folder, DATABASE_URL: `file:${folder}/.data/library.db` };
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [path.resolve("scripts/scrape.mjs"), ...words],
      { env, maxBuffer: 1e8 },
      (error, out, err) => resolve({ code: typeof error?.code === "number" ? error.code : 0, out, err }),
    );
    child.stdin?.end(input);
  });
}

const put = (name: string, body: string | Buffer) => writeFileSync(path.join(folder, name), body);
const day = hubAnswer([
  { id: "2512.00001", day: "2025-12-11" },
  { id: "2512.00002", day: "2025-12-11" },
]);

test("files, folders, gzip and standard input; a line a listing; twice adds nothing", async () => {
  mkdirSync(path.join(folder, "more"));
  put("a.json", day);
  put("more/b.json.gz", gzipSync(hubAnswer([{ id: "2512.00003", day: "2025-12-12" }])));
  put(".hidden", "not for reading");
  const lines = "2025-12-11 hf-api: 2 listed, 2 new, 0 updated, 0 unchanged, 0 rejected\n";
  expect(await scrape(["a.json"])).toEqual({ code: 0, out: lines, err: "" });
  expect(await scrape(["a.json", "more"])).toEqual({
    code: 0,
    out: `2025-12-11 hf-api: 2 listed, 0 new, 0 updated, 2 unchanged, 0 rejected
2025-12-12 hf-api: 1 listed, 1 new, 0 updated, 0 unchanged, 0 rejected
`,
    err: "",
  });
  const piped = await scrape(["-", "--page-date", "2025-12-13"], hubAnswer([{ id: "2512.00004" }]));
  expect(piped.out).toMatch(/^2025-12-13 hf-api: 1 listed, 1 new/);
}, 60_000);

test("--json tells the same, --dry-run writes nothing", async () => {
  put("a.json", day);
  const dry = await scrape(["--dry-run", "--json", "a.json"]);
  const [paper] = dry.out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(paper).toMatchObject({
    arxivId: "2512.00001",
    listedOn: "2025-12-11",
    kind: "day",
    format: "hf-api",
  });
  const json = JSON.parse((await scrape(["--json", "a.json"])).out);
  expect(json).toEqual({
    listing: {
      source: path.join(folder, "a.json"),
      format: "hf-api",
      kind: "day",
      listedOn: "2025-12-11",
      listedOnInferred: false,
      url: null,
    },
    listed: 2,
    new: 2,
    updated: 0,
    unchanged: 0,
    rejected: 0,
    errors: [],
  });
}, 60_000);

test("what cannot be read is a line each on standard error, the rest is saved, and the exit code is 1", async () => {
  const items = JSON.parse(day);
  items.push({ paper: { id: "2512.00009" } });
  put("1-third-without-title.json", JSON.stringify(items));
  put("2-empty.txt", "");
  put("3-image.png", Buffer.from("89504e470d0a1a0a0000000dff", "hex"));
  put("4-long.txt", "x".repeat(30_000_000));
  put("5-cut.json", day.slice(0, -40));
  put("6-letter.txt", "Dear Ada,\n\nno listing here.\n");
  const { code, out, err } = await scrape([".", "nowhere"]);
  expect(code).toBe(1);
  expect(out).toBe("2025-12-11 hf-api: 3 listed, 2 new, 0 updated, 0 unchanged, 1 rejected\n");
  const said = err.split("\n").filter((line) => line !== "" && !line.startsWith("scrape: ")); // how far it is
  expect(said).toEqual([
    '1-third-without-title.json: entry 3: expected a title that is not empty at title, got nothing: {"paper":{"id":"2512.00009"}}',
    "2-empty.txt: not read: expected a listing, got an empty body",
    "3-image.png: not read: expected text in UTF-8, got other bytes (89504e470d0a1a0a at byte 1)",
    "4-long.txt: not read: no format knows this (tried hf-page, hf-api, arxiv-atom, arxiv-rss, arxiv-html, text, jsonl)",
    expect.stringMatching(
      /^5-cut.json: not read: hf-api: expected JSON, got a body that breaks off or is damaged \(/,
    ),
    "6-letter.txt: not read: no format knows this (tried hf-page, hf-api, arxiv-atom, arxiv-rss, arxiv-html, text, jsonl)",
    "nowhere: not read: expected a file or a folder, there is none of this name",
  ]);
}, 60_000);

test("wrong usage ends with 2 and the usage, --help with 0", async () => {
  const cases = [
    ["--nonsense"],
    ["--kind", "year", "x"],
    ["--page-date", "2025-02-30", "x"],
    ["--date", "tomorrow"],
    ["--week", "2025-W53"],
    ["--month", "2025-13"],
    ["--search", " "],
    ["--until", "2025-12-11"],
    ["--since", "2025-12-11", "--until", "2025-12-10"],
    ["--date", "2025-12-11", "--trending"],
    ["--trending", "file.txt"],
  ];
  for (const words of cases) {
    const { code, out, err } = await scrape(words);
    expect([code, out], words.join(" ")).toEqual([2, ""]);
    expect(err).toMatch(/^scrape: .+\n\nnpm run scrape -- \[SOURCE/);
  }
  expect(await scrape(["--help"])).toMatchObject({ code: 0, out: expect.stringContaining("--page-date") });
}, 60_000);

test("what was read is read again from what was kept, and taken back by its number", async () => {
  put("a.json", day);
  put("b.json", hubAnswer([{ id: "2512.00009", day: "2025-12-12" }]));
  await scrape(["a.json", "b.json"]);
  expect(await scrape(["--replay"])).toEqual({
    code: 0,
    out: `2025-12-11 hf-api: 2 listed, 0 new, 0 updated, 2 unchanged, 0 rejected
2025-12-12 hf-api: 1 listed, 0 new, 0 updated, 1 unchanged, 0 rejected
`,
    err: "",
  });
  const line =
    "listing 2 taken back: 1 entries, 1 papers removed, 0 without a listing now but kept by the reader\n";
  expect(await scrape(["--forget", "2"])).toEqual({ code: 0, out: line, err: "" });
  expect(await scrape(["--forget", "2"])).toMatchObject({
    code: 1,
    err: expect.stringContaining("--forget 2: expected a listing"),
  });
  expect(await scrape(["--forget", "two"])).toMatchObject({
    code: 2,
    err: expect.stringContaining('got "two"'),
  });
  expect((await scrape(["b.json"])).out).toContain("1 listed, 1 new");
}, 60_000);
