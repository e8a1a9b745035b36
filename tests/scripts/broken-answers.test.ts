import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { brotliCompressSync, constants, deflateSync, gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openFakeHub } from "../hub";
import { hubAnswer } from "../hub-answer";

const hub = openFakeHub();
let folder = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "broadsheet-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

// Long and hard to compress, so that what follows the damage is larger than any buffer on the way.
const papers = Array.from({ length: 30_000 }, (_, at) => ({
  id: `2512.${String(at).padStart(5, "0")}`,
  title: `${Math.sin(at)} ${Math.cos(at)}`,
  day: "2025-12-11",
}));
const body = Buffer.from(hubAnswer(papers));
const damaged = (packed: Buffer) => Buffer.from(packed).fill(0xff, 20_000, 30_000);
const truncated = (packed: Buffer) => packed.subarray(0, packed.length / 2);
const brotli = (bytes: Buffer) =>
  brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }); // the best quality takes ten seconds
const [gzip, deflate, br] = [gzipSync(body), deflateSync(body), brotli(body)];

const unreadable = "expected an answer, got an unreadable one";
const broken: [name: string, encoding: string, sent: Buffer, reason: string][] = [
  ["gzip damaged midway", "gzip", damaged(gzip), unreadable],
  ["deflate damaged midway", "deflate", damaged(deflate), unreadable],
  ["br damaged midway", "br", damaged(br), unreadable],
  ["truncated gzip", "gzip", truncated(gzip), unreadable],
  ["truncated deflate", "deflate", truncated(deflate), unreadable],
  ["truncated br", "br", truncated(br), unreadable],
  ["gzip labeled as gzip twice", "gzip, gzip", gzip, unreadable],
  ["damaged gzip inside br", "gzip, br", brotli(damaged(gzip)), unreadable],
  ["a wrong encoding label", "br", body, unreadable],
  ["zstd, which was not requested", "zstd", gzip, 'expected an answer in gzip or br, got "zstd"'],
  ["an unknown encoding", "lzma", gzip, 'expected an answer in gzip or br, got "lzma"'],
  ["too many encodings", "br,".repeat(500), gzip, 'expected an answer in gzip or br, got "br,br,br'],
];

type Result = { code: number | null; out: string; err: string };

/** Runs a Node program to its end. */
function run(args: string[]): Promise<Result> {
  const env = {
    ...process.env,
    INIT_CWD: folder,
    DATABASE_URL: `file:${folder}/library.db`,
    HUB_URL: hub.url(),
    REFRESH: "",
    PORT: "0",
  };
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "pipe"] });
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

// Like scripts/scrape.mjs, but with a clock whose pauses take no time.
const scrapeAtOnce = `import { prepareProgram } from "./scripts/setup/setup.mjs";
let now = Date.now();
const clock = { now: () => now, sleep: async (ms) => { now += ms; } };
process.exitCode = await (await prepareProgram("scrape")).main(process.argv.slice(1), clock);`;
const scrape = (...addresses: string[]) => run(["--input-type=module", "-e", scrapeAtOnce, ...addresses]);
// What `npm start` does before it serves. The site itself is not built yet when these tests run.
const prepare = `import { prepareProgram } from "./scripts/setup/setup.mjs"; await (await prepareProgram("serve")).prepare();`;
const firstStart = () => run(["--input-type=module", "-e", prepare]);

const cutConnection = (response: ServerResponse) => {
  response.writeHead(200, { "Content-Encoding": "gzip", "Content-Length": gzip.length });
  response.write(truncated(gzip), () => response.destroy());
};

/** Sends the broken answer with this number. The number after the last one cuts the connection. */
const sendBroken = (response: ServerResponse, at: number) => {
  const [, encoding, sent] = broken[at] ?? [];
  if (encoding === undefined) cutConnection(response);
  else response.writeHead(200, { "Content-Encoding": encoding }).end(sent);
};
const reasons = [...broken.map(([, , , reason]) => reason), "lost the connection to 127.0.0.1"];

test("a scrape reports each broken answer in one line, goes on to the next, and exits with 1", async () => {
  hub.answers(({ pathname }, response) => sendBroken(response, Number(pathname.slice(1))));
  const addresses = reasons.map((_, at) => `${hub.url()}/${at}`);
  const { code, out, err } = await scrape(...addresses);
  expect({ code, out, err: err.split("\n") }).toEqual({
    code: 1,
    out: "",
    err: [
      ...reasons.map((reason, at) => expect.stringContaining(`${addresses[at]}: not read: ${reason}`)),
      "",
    ],
  });
});

// Both programs read answers with the same code, so one example of each kind of damage is enough here.
test.each([
  "gzip damaged midway",
  "truncated br",
  "damaged gzip inside br",
  "an unknown encoding",
  "a connection cut midway",
])("a first start goes on after %s", async (damage) => {
  const found = broken.findIndex(([name]) => name === damage);
  const at = found < 0 ? broken.length : found;
  hub.answers((_, response) => sendBroken(response, at));
  const { code, out, err } = await firstStart();
  expect([code, err]).toEqual([0, ""]);
  expect(out).toContain(`library: ${hub.url()}: ${reasons[at]}`);
  expect(out).toContain("showing a sample edition");
});

test("an empty answer labeled as gzip is reported as not read", async () => {
  hub.answers((_, response) => response.writeHead(200, { "Content-Encoding": "gzip" }).end());
  const { code, err } = await scrape(`${hub.url()}/list`);
  expect([code, err.split("\n")]).toEqual([1, [expect.stringContaining("/list: not read: "), ""]]);
});

test("an answer compressed twice is decompressed twice", async () => {
  const twice = { "Content-Encoding": "gzip, gzip" };
  const few = gzipSync(gzipSync(hubAnswer(papers.slice(0, 3))));
  hub.answers((_, response) => response.writeHead(200, twice).end(few));
  const { code, out } = await scrape(`${hub.url()}/list`);
  expect([code, out]).toEqual([0, expect.stringContaining("3 listed, 3 new")]);
});
