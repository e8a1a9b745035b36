import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
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
const [gzip, deflate, br] = [gzipSync(body), deflateSync(body), brotliCompressSync(body)];

const unreadable = "expected an answer, got none that can be read";
const broken: [what: string, encoding: string, sent: Buffer, why: string][] = [
  ["gzip damaged midway", "gzip", damaged(gzip), unreadable],
  ["deflate damaged midway", "deflate", damaged(deflate), unreadable],
  ["br damaged midway", "br", damaged(br), unreadable],
  ["gzip that breaks off", "gzip", half(gzip), unreadable],
  ["deflate that breaks off", "deflate", half(deflate), unreadable],
  ["br that breaks off", "br", half(br), unreadable],
  ["packed once, said to be packed twice", "gzip, gzip", gzip, unreadable],
  ["packed twice, damaged inside", "gzip, br", brotliCompressSync(damaged(gzip)), unreadable],
  ["not packed as it says", "br", body, unreadable],
  ["zstd, which nobody asked for", "zstd", gzip, 'expected an answer in gzip or br, got "zstd"'],
  ["an unknown encoding", "lzma", gzip, 'expected an answer in gzip or br, got "lzma"'],
  ["packed too often", "br,".repeat(500), gzip, 'expected an answer in gzip or br, got "br,br,br'],
];

type Ended = { code: number | null; out: string; err: string };

/** Runs one of our programs until it ends, or has said `enough`. */
function run(words: string[], enough?: string): Promise<Ended> {
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
      if (enough && out.includes(enough)) child.kill("SIGKILL");
    });
    child.stderr.on("data", (bytes) => {
      err += bytes;
    });
    child.on("close", (code) => resolve({ code, out, err }));
  });
}

const scrape = (address: string) => run(["scripts/scrape.mjs", address]);
// As `npm start` does once the site is built.
const serve = `import { prepareProgram } from "./scripts/setup.mjs"; await (await prepareProgram("serve")).serve();`;
const firstStart = () => run(["--input-type=module", "-e", serve], "a sample edition is shown");

const cut = (response: ServerResponse) => {
  response.writeHead(200, { "Content-Encoding": "gzip", "Content-Length": gzip.length });
  response.write(half(gzip), () => response.destroy());
};

test.each(broken)(
  "%s is one line and 1 to a scrape, and a first start goes on",
  async (_, encoding, sent, why) => {
    hub.plays((_, response) => response.writeHead(200, { "Content-Encoding": encoding }).end(sent));
    await tellsWhy(why);
  },
);

test("a connection that is cut midway is one line and 1 to a scrape, and a first start goes on", async () => {
  hub.plays((_, response) => cut(response));
  await tellsWhy("the connection was cut");
});

async function tellsWhy(why: string): Promise<void> {
  const [scraped, started] = [await scrape(`${hub.url()}/list`), await firstStart()];
  expect({ ...scraped, err: scraped.err.split("\n") }).toEqual({
    code: 1,
    out: "",
    err: [expect.stringContaining(`${hub.url()}/list: not read: ${why}`), ""],
  });
  expect([started.code, started.err]).toEqual([null, ""]); // ended by us
  expect(started.out).toContain(`library: ${hub.url()}: ${why}`);
}

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
