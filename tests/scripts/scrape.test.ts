import { execFile, execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import Sqlite from "better-sqlite3";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readOptions, UsageError } from "@/scripts/scrape/options";
import { hubAnswer } from "../hub-answer";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "broadsheet-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

type Result = { code: number; out: string; err: string };

/** Runs the scraper as a user would in `folder`. */
function scrape(args: string[], input = ""): Promise<Result> {
  const env = { ...process.env, INIT_CWD: folder, DATABASE_URL: `file:${folder}/.data/library.db` };
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [path.resolve("scripts/scrape.mjs"), ...args],
      { env, maxBuffer: 1e8 },
      (error, out, err) => resolve({ code: typeof error?.code === "number" ? error.code : 0, out, err }),
    );
    child.stdin?.end(input);
  });
}

/** The lines about errors, without those about progress. */
const errorsIn = (err: string) =>
  err.split("\n").filter((line) => line !== "" && !/^scrape: .*(files|papers)$/.test(line));

const put = (name: string, body: string | Buffer) => writeFileSync(path.join(folder, name), body);
const day = hubAnswer([
  { id: "2512.00001", day: "2025-12-11" },
  { id: "2512.00002", day: "2025-12-11" },
]);

test("a scrape reads files, folders, gzip and standard input, prints a line per listing, and adds nothing twice", async () => {
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
});

test("--json prints the counts as JSON, and --dry-run saves nothing", async () => {
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
    notes: [],
  });
});

test("each unreadable file or entry gets a line on standard error, the rest is saved, and the exit code is 1", async () => {
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
  expect(out.split("\n")).toEqual([
    "2025-12-11 hf-api: 3 listed, 2 new, 0 updated, 0 unchanged, 1 rejected",
    "2025-12-11 hf-api: 2 listed, 0 new, 0 updated, 1 unchanged, 1 rejected",
    "",
  ]);
  expect(errorsIn(err)).toEqual([
    '1-third-without-title.json: entry 3: expected a title that is not empty at title, got nothing: {"paper":{"id":"2512.00009"}}',
    "2-empty.txt: not read: expected a listing, got an empty body",
    "3-image.png: not read: expected text in UTF-8, got other bytes (89504e470d0a1a0a at byte 1)",
    "4-long.txt: not read: no format recognizes this (tried netscape, bibtex, ris, csl-json, hf-page, hf-api, arxiv-atom, arxiv-rss, arxiv-html, text, ids, jsonl)",
    expect.stringMatching(
      /^5-cut.json: entry 2: expected a whole entry, got one that breaks off or is damaged: \{/,
    ),
    "6-letter.txt: not read: no format recognizes this (tried netscape, bibtex, ris, csl-json, hf-page, hf-api, arxiv-atom, arxiv-rss, arxiv-html, text, ids, jsonl)",
    "nowhere: not read: no such file or folder",
  ]);
});

test("a listing that does not fit on the disk is reported in one line, and the next listing is saved", async () => {
  put("a.json", day);
  await scrape(["a.json"]);
  const many = Array.from({ length: 2000 }, (_, at) => ({ id: `2512.${10_000 + at}`, day: "2025-12-12" }));
  put("large.json", hubAnswer(many));
  put("small.json", hubAnswer([{ id: "2512.00003", day: "2025-12-13" }]));
  const kilobytes = 600; // more than the library takes now, less than two thousand papers need
  const { status, stdout, stderr } = spawnSync(
    "bash",
    [
      "-c",
      `ulimit -f ${kilobytes}; exec "$0" "$@"`,
      process.execPath,
      path.resolve("scripts/scrape.mjs"),
    ].concat("large.json", "small.json"),
    {
      env: { ...process.env, INIT_CWD: folder, DATABASE_URL: `file:${folder}/.data/library.db` },
      encoding: "utf8",
    },
  );
  expect(errorsIn(stderr)).toEqual([
    expect.stringMatching(
      /^large\.json: not read: .*the disk is full or failing, or a file reached its size limit/,
    ),
  ]);
  expect([status, stdout]).toEqual([
    1,
    "2025-12-13 hf-api: 1 listed, 1 new, 0 updated, 0 unchanged, 0 rejected\n",
  ]);
});

test("wrong usage exits with 2 and prints the usage, --help exits with 0", async () => {
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
  for (const args of cases) expect(() => readOptions(args), args.join(" ")).toThrow(UsageError);
  expect(await scrape(["--kind", "year", "x"])).toEqual({
    code: 2,
    out: "",
    err: `scrape: --kind: expected one of day, week, month, trending, search, got "year"
npm run scrape -- [SOURCE…] [options]   (see --help)
`,
  });
  expect(await scrape(["--help"])).toMatchObject({ code: 0, out: expect.stringContaining("--page-date") });
});

test.each([
  [[""], 'expected a SOURCE, got ""'],
  [["a.json", " "], 'expected a SOURCE, got " "'],
  [["ftp://x/y"], 'expected an address that begins with https:// or http://, got "ftp://x/y"'],
  [["--date", "2025-12-11", "--kind", "week"], "--kind: expected a SOURCE with it, got none"],
  [["--page-date", "2025-12-11"], "--page-date: expected a SOURCE with it, got none"],
  [["--trending", "--date", "2025-12-11"], "expected one of --date and --trending, got both"],
  [
    ["--trending", "--date=2025-12-11", "--replay"],
    "expected one of --date and --trending and --replay, got all of them",
  ],
  [["--date"], "--date: expected a value, got none"],
  [
    ["--date", "--json"],
    '--date: expected a value, got "--json" (if that is the value, write --date=--json)',
  ],
  [["--json=3"], '--json: expected no value, got "3"'],
  [["--nonsense"], 'unknown option "--nonsense"'],
  [["-x"], 'unknown option "-x"'],
])("the arguments %j are rejected with a reason", (args, reason) => {
  expect(() => readOptions(args)).toThrow(new UsageError(reason));
});

test("a --since in the future is reported, and nothing is fetched", async () => {
  expect(await scrape(["--since", "2999-01-01"])).toEqual({
    code: 0,
    out: "",
    err: "scrape: 2999-01-01 has not started on Hugging Face yet; nothing to fetch\n",
  });
});

test("a closed output pipe is not an error, and saving goes on", async () => {
  const lines = Array.from({ length: 4000 }, (_, at) =>
    JSON.stringify({
      id: `2512.${10_000 + at}`,
      title: `Paper ${at}`,
      abstract: "What it says. ".repeat(40),
    }),
  );
  put("big.jsonl", lines.join("\n"));
  put("a.json", day);
  put("b.json", hubAnswer([{ id: "2512.00008", day: "2025-12-12" }]));
  put("c.json", hubAnswer([{ id: "2512.00009", day: "2025-12-13" }]));
  const env = { ...process.env, INIT_CWD: folder, DATABASE_URL: `file:${folder}/.data/library.db` };
  const closed = (...args: string[]) => {
    const command = 'node scripts/scrape.mjs "$@" | head -c 1; echo "$PIPESTATUS"';
    const { stdout, stderr } = spawnSync("bash", ["-c", command, "bash", ...args], { env, encoding: "utf8" });
    return { out: stdout, errors: errorsIn(stderr) };
  };
  expect(closed("--dry-run", "--json", "big.jsonl")).toEqual({ out: "{0\n", errors: [] });
  expect(closed("a.json", "b.json", "c.json")).toEqual({ out: "20\n", errors: [] });
  expect((await scrape(["c.json"])).out).toContain("1 listed, 0 new");
});

test("--replay reads the stored bodies again, and --forget removes a listing by its number", async () => {
  put("a.json", day);
  put("b.json", hubAnswer([{ id: "2512.00009", day: "2025-12-12" }]));
  await scrape(["a.json", "b.json"]);
  const again = await scrape(["--replay"]);
  expect({ ...again, err: errorsIn(again.err) }).toEqual({
    code: 0,
    out: `2025-12-11 hf-api: 2 listed, 0 new, 0 updated, 2 unchanged, 0 rejected
2025-12-12 hf-api: 1 listed, 0 new, 0 updated, 1 unchanged, 0 rejected
`,
    err: [],
  });
  put(".data/library.listings/torn.gz", "hello");
  const torn = await scrape(["--replay"]);
  expect([torn.code, torn.out.trim().split("\n").length]).toEqual([1, 2]);
  expect(torn.err).toMatch(/\/.*torn\.gz: expected a stored listing file, got a damaged file/);
  rmSync(path.join(folder, ".data/library.listings/torn.gz"));
  const line =
    "listing 2 removed (entries: 1, papers deleted: 1, bookmarked papers kept without a listing: 0)\n";
  expect(await scrape(["--forget", "2"])).toEqual({ code: 0, out: line, err: "" });
  expect(await scrape(["--forget", "2"])).toMatchObject({
    code: 1,
    err: expect.stringContaining("--forget 2: no listing has this number"),
  });
  expect(await scrape(["--forget", "two"])).toMatchObject({
    code: 2,
    err: expect.stringContaining('got "two"'),
  });
  expect((await scrape(["b.json"])).out).toContain("1 listed, 1 new");
});

test("pipes, sockets and bad links in a folder are reported in one line each, and its files are read", async () => {
  const inside = (name: string) => path.join(folder, "mix", name);
  mkdirSync(inside("closed"), { recursive: true });
  mkdirSync(path.join(folder, "elsewhere"));
  put("mix/z.json", day);
  put("elsewhere/b.json", hubAnswer([{ id: "2512.00009", day: "2025-12-12" }]));
  chmodSync(inside("closed"), 0);
  execFileSync("mkfifo", [inside("a.fifo")]);
  symlinkSync(path.join(folder, "elsewhere"), inside("link"));
  symlinkSync("round", inside("round"));
  symlinkSync("nowhere", inside("gone"));
  symlinkSync("../elsewhere/b.json", inside("one.json"));
  const server = createServer().listen(inside("s.sock"));
  const { code, out, err } = await scrape(["mix"]);
  server.close();
  chmodSync(inside("closed"), 0o700);
  expect(code).toBe(1);
  expect(out.split("\n")).toEqual([
    expect.stringMatching(/^2025-12-12 hf-api: 1 listed, 1 new/),
    expect.stringMatching(/^2025-12-11 hf-api: 2 listed, 2 new/),
    "",
  ]);
  const isRoot = process.getuid?.() === 0; // root can read the closed folder
  const expected = [
    "mix/a.fifo: not read: expected a file, got a pipe",
    ...(isRoot ? [] : ["mix/closed: not read: permission denied"]),
    "mix/gone: not read: no such file or folder",
    "mix/link: not read: a link to a folder is not followed; name it as a SOURCE to read it",
    "mix/round: not read: this link leads back to itself",
    "mix/s.sock: not read: expected a file, got a socket",
  ];
  expect(errorsIn(err).sort()).toEqual(expected);
  expect((await scrape(["mix/link"])).out).toContain("2025-12-12 hf-api: 1 listed, 0 new");
});

test("a named pipe is read as a stream, and a device is rejected", async () => {
  const fifo = path.join(folder, "pipe");
  execFileSync("mkfifo", [fifo]);
  const lines = ["2512.00001", "2512.00002"].map((id) => JSON.stringify({ id, title: id, abstract: id }));
  const writing = execFile("sh", ["-c", `printf '%s\\n' "$@" > ${fifo}`, "sh", ...lines]);
  const { code, out, err } = await scrape(["pipe"]);
  writing.kill();
  expect([code, errorsIn(err)]).toEqual([0, []]);
  expect(out).toContain("jsonl: 2 listed, 2 new");
  const refused = await scrape(["/dev/zero"]);
  expect(refused).toEqual({
    code: 1,
    out: "",
    err: "/dev/zero: not read: expected a file or a pipe, got a device\n",
  });
});

test("messages name a file as the user typed it, and the library stores its full path", async () => {
  put("letter.txt", "Dear Ada,\n");
  const letter = path.join(folder, "letter.txt");
  const message = "not read: no format recognizes this";
  expect((await scrape(["letter.txt"])).err).toMatch(new RegExp(`^letter.txt: ${message}`));
  expect((await scrape([letter])).err).toMatch(new RegExp(`^${letter}: ${message}`));
  const library = new Sqlite(path.join(folder, ".data/library.db"));
  expect(library.prepare(`SELECT source FROM "Import"`).pluck().all()).toEqual([letter, letter]);
  library.close();
});
