import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { brotliCompressSync, constants, deflateSync, gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openPlayedHub } from "../hub";
import { hubAnswer } from "../hub-answer";

const hub = openPlayedHub();
let folder = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "broadsheet-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

// Long, and hardly packed: what comes after the damage is more than any buffer on the way holds.
const papers = Array.from({ length: 30_000 }, (_, at) => ({
  id: `2512.${String(at).padStart(5, "0")}`,
  title: `${Math.sin(at)} ${Math.cos(at)}`,
  day: "2025-12-11",
}));
const body = Buffer.from(hubAnswer(papers));
const damaged = (packed: Buffer) => Buffer.from(packed).fill(0xff, 20_000, 30_000);
const half = (packed: Buffer) => packed.subarray(0, packed.length / 2);
const brotli = (bytes: Buffer) =>
  brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }); // its best takes ten seconds
const [gzip, deflate, br] = [gzipSync(body), deflateSync(body), brotli(body)];

const unreadable = "expected an answer, got an unreadable one";
const broken: [what: string, encoding: string, sent: Buffer, why: string][] = [
  ["gzip damaged midway", "gzip", damaged(gzip), unreadable],
  ["deflate damaged midway", "deflate", damaged(deflate), unreadable],
  ["br damaged midway", "br", damaged(br), unreadable],
  ["gzip that breaks off", "gzip", half(gzip), unreadable],
  ["deflate that breaks off", "deflate", half(deflate), unreadable],
  ["br that breaks off", "br", half(br), unreadable],
  ["packed once, said to be packed twice", "gzip, gzip", gzip, unreadable],
  ["packed twice, damaged inside", "gzip, br", brotli(damaged(gzip)), unreadable],
  ["not packed as it says", "br", body, unreadable],
  ["zstd, which nobody asked for", "zstd", gzip, 'expected an answer in gzip or br, got "zstd"'],
  ["an unknown encoding", "lzma", gzip, 'expected an answer in gzip or br, got "lzma"'],
  ["packed too often", "br,".repeat(500), gzip, 'expected an answer in gzip or br, got "br,br,br'],
];

type Ended = { code: number | null; out: string; err: string };

/** Runs one of our programs until it ends. */
function run(words: string[]): Promise<Ended> {
  const env = {
    ...process.env,
    INIT_CWD: folder,
    DATABASE_URL: `file:${folder}/library.db`,
    HUB_URL: hub.url(),
    REFRESH: "",
    PORT: "0",
  };
  return new Promise((resolve) => {
    const child = spawn(process.execPath, words, { env, stdio: ["ignore", "pipe", "pipe"] });
    let [out, err] = ["", ""];
    child.stdout.on("data", (bytes) => {
      out += bytes;
    });
    child.stderr.on("data", (bytes) => {
      err += bytes;
    });
    child.on("close", (code) => resolve({ code, out, err }));
  });
}

// As scripts/scrape.mjs, but that it rests by a clock on which no time is lost.
const scrapeAtOnce = `import { prepareProgram } from "./scripts/setup/setup.mjs";
let now = Date.now();
const clock = { now: () => now, sleep: async (ms) => { now += ms; } };
process.exitCode = await (await prepareProgram("scrape")).main(process.argv.slice(1), clock);`;
const scrape = (...addresses: string[]) => run(["--input-type=module", "-e", scrapeAtOnce, ...addresses]);
// What `npm start` does before it serves; the site itself is not built yet when these tests run.
const prepare = `import { prepareProgram } from "./scripts/setup/setup.mjs"; await (await prepareProgram("serve")).prepare();`;
const firstStart = () => run(["--input-type=module", "-e", prepare]);

const cut = (response: ServerResponse) => {
  response.writeHead(200, { "Content-Encoding": "gzip", "Content-Length": gzip.length });
  response.write(half(gzip), () => response.destroy());
};

/** Answers each broken answer under its number; the last one is the cut connection. */
const playBroken = (response: ServerResponse, at: number) => {
  const [, encoding, sent] = broken[at] ?? [];
  if (encoding === undefined) cut(response);
  else response.writeHead(200, { "Content-Encoding": encoding }).end(sent);
};
const whys = [...broken.map(([, , , why]) => why), "lost the connection to 127.0.0.1"];

test("a scrape of every broken answer tells a line of each, goes on to the next, and ends with 1", async () => {
  hub.plays(({ pathname }, response) => playBroken(response, Number(pathname.slice(1))));
  const addresses = whys.map((_, at) => `${hub.url()}/${at}`);
  const { code, out, err } = await scrape(...addresses);
  expect({ code, out, err: err.split("\n") }).toEqual({
    code: 1,
    out: "",
    err: [...whys.map((why, at) => expect.stringContaining(`${addresses[at]}: not read: ${why}`)), ""],
  });
});

// How an answer breaks is the network's, which both programs share; that a start goes on is told by one of each way.
test.each([
  "gzip damaged midway",
  "br that breaks off",
  "packed twice, damaged inside",
  "an unknown encoding",
  "a connection that is cut midway",
])("after %s a first start goes on", async (what) => {
  const found = broken.findIndex(([name]) => name === what);
  const at = found < 0 ? broken.length : found;
  hub.plays((_, response) => playBroken(response, at));
  const { code, out, err } = await firstStart();
  expect([code, err]).toEqual([0, ""]);
  expect(out).toContain(`library: ${hub.url()}: ${whys[at]}`);
  expect(out).toContain("showing a sample edition");
});

test("nothing at all, said to be packed, is a listing that no format knows", async () => {
  hub.plays((_, response) => response.writeHead(200, { "Content-Encoding": "gzip" }).end());
  const { code, err } = await scrape(`${hub.url()}/list`);
  expect([code, err.split("\n")]).toEqual([1, [expect.stringContaining("/list: not read: "), ""]]);
});

test("what was packed twice is unpacked twice", async () => {
  const twice = { "Content-Encoding": "gzip, gzip" };
  const few = gzipSync(gzipSync(hubAnswer(papers.slice(0, 3))));
  hub.plays((_, response) => response.writeHead(200, twice).end(few));
  const { code, out } = await scrape(`${hub.url()}/list`);
  expect([code, out]).toEqual([0, expect.stringContaining("3 listed, 3 new")]);
});
