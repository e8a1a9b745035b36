import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openDatabase } from "@/lib/db/client";
import { filesOf } from "@/lib/db/engine";
import { fetchFigures, lacksPictures } from "@/lib/imports/fetch-figures";
import { type Network, openNetwork } from "@/lib/net/fetch";
import { openHostTurns } from "@/lib/net/host-turns";
import { filterState } from "@/lib/papers/filter";
import { findPaper } from "@/lib/papers/find";
import { listPapers } from "@/lib/papers/list";
import { bomb, openFakeHub, pour } from "@/tests/hub";
import { hubAnswer } from "@/tests/hub-answer";
import { blockFiles, openTestLibrary, scrapeBody, testEngine } from "@/tests/library";
import { makeBomb, makePicture } from "@/tests/pictures";

const { db } = openTestLibrary();
const hub = openFakeHub();
let network: Network;
let now = new Date("2025-12-12T12:00:00Z");
beforeEach(() => {
  now = new Date("2025-12-12T12:00:00Z");
  network = openNetwork({ spacingMs: 0, tries: 1, trusted: ["http://127.0.0.1"] });
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await network.close();
});

const store = () => filesOf(db(), "media");
const files = async () => (await store().list()).map(({ name }) => name).sort();
const later = (minutes: number) => {
  now = new Date(now.getTime() + minutes * 60_000);
};
const id = (at: number) => `2512.0000${at}`;

/** Imports one paper for each list of pictures, on a day each, the last one newest. Paths are of the fake server. */
async function list(...papers: string[][]): Promise<void> {
  for (const [index, media] of papers.entries())
    await scrapeBody(
      db(),
      hubAnswer([
        {
          id: id(index + 1),
          day: `2025-12-0${index + 1}`,
          media: media.map((one) => (one.startsWith("/") ? hub.url() + one : one)),
        },
      ]),
    );
}

/** Serves made-up pictures, each of another color, and what a test adds. */
async function serve(extra: Parameters<typeof hub.answers>[0] = () => {}): Promise<void> {
  const good = await makePicture();
  const colors: Record<string, Buffer> = {};
  for (const name of "abcdef") colors[`/${name}.png`] = await makePicture("png", { color: `#${name}04020` });
  hub.answers((url, response, request) => {
    const own = colors[url.pathname];
    if (own) response.writeHead(200, { "Content-Type": "image/png" }).end(own);
    else if (url.pathname === "/good.png") response.end(good);
    else extra(url, response, request);
  });
}

type Log = { lines: string[]; fetched: number; left: number };

async function run(maxBytes = 2 ** 30, access = { db: db(), network }): Promise<Log> {
  const lines: string[] = [];
  const result = await fetchFigures(
    access.db,
    { network: access.network, store: { files: store(), maxBytes } },
    {
      progress: () => {},
      skipped: (paper, why) => void lines.push(`${paper} skipped: ${why}`),
      postponed: (name, why) => void lines.push(`${name} postponed: ${why}`),
    },
    () => now,
  );
  return { lines, ...result };
}

const figures = async () => {
  const all = await db().figure.findMany({ orderBy: [{ paperKey: "asc" }, { place: "asc" }] });
  return all.map(({ url, hash, note }) => `${path.basename(url)} ${hash ? "shown" : (note ?? "missing")}`);
};
const shown = async () => (await figures()).filter((line) => line.endsWith(" shown"));

test("pictures are fetched, stored in two sizes, and shown with their paper", async () => {
  await serve();
  await list(["/a.png", "/b.png"], []);
  const before = await db().revision.findFirstOrThrow();
  expect(await lacksPictures(db())).toBe(true);
  expect(await run()).toEqual({ lines: [], fetched: 2, left: 0 });
  expect(await lacksPictures(db())).toBe(false);
  expect(hub.requests.map(({ path }) => path)).toEqual(["/a.png", "/b.png"]);
  expect(hub.requests[0]?.headers).toMatchObject({ accept: expect.stringContaining("image/webp") });
  expect(await files()).toHaveLength(4);
  expect((await files())[0]).toMatch(/^[0-9a-f]{32}-large\.webp$/);
  expect((await db().revision.findFirstOrThrow()).number).toBeGreaterThan(before.number); // pages are rendered again

  const page = await findPaper(id(1));
  if (!page || "movedTo" in page) throw new Error("the paper is missing");
  expect(page.figures).toEqual([
    { hash: expect.any(String), width: 320, height: 200 },
    { hash: expect.any(String), width: 320, height: 200 },
  ]);
  const { papers } = await listPapers(filterState.parse({}).state);
  expect(papers.map(({ id, figure }) => [id, figure])).toEqual([
    [id(2), null],
    [id(1), page.figures[0]],
  ]);

  hub.requests.length = 0;
  expect(await run()).toEqual({ lines: [], fetched: 0, left: 0 });
  expect(hub.requests).toEqual([]);
});

test("KEEP_MEDIA=0 fetches none and shows none", async () => {
  await serve();
  await list(["/a.png"]);
  expect(await run(0)).toEqual({ lines: [], fetched: 0, left: 0 });
  expect(hub.requests).toEqual([]);
  await run();
  vi.stubEnv("KEEP_MEDIA", "0");
  expect((await listPapers(filterState.parse({}).state)).papers[0]?.figure).toBeNull();
});

const final: [string, Parameters<typeof hub.answers>[0], RegExp][] = [
  [
    "an SVG",
    (_, r) => r.writeHead(200, { "Content-Type": "image/svg+xml" }).end("<svg/>"),
    /expected a picture, got image\/svg\+xml$/,
  ],
  [
    "an SVG that claims to be a PNG",
    (_, r) => r.writeHead(200, { "Content-Type": "image/png" }).end('<svg xmlns="x"/>'),
    /expected PNG, .*got other bytes \("<svg xmlns="x"\/>"\)$/,
  ],
  [
    "a page",
    (_, r) => r.writeHead(200, { "Content-Type": "text/html" }).end("<title>Log in</title>"),
    /expected a picture, got text\/html$/,
  ],
  [
    "a video",
    (_, r) => r.writeHead(200, { "Content-Type": "video/mp4" }).end("x"),
    /expected a picture, got video\/mp4$/,
  ],
  ["404", (_, r) => r.writeHead(404).end(), /expected a picture, got 404 Not Found$/],
  ["403", (_, r) => r.writeHead(403).end(), /expected a picture, got 403 Forbidden$/],
  ["an empty body", (_, r) => r.end(), /expected a picture, got an empty file$/],
  [
    "a header of 50,000 × 50,000 pixels",
    (_, r) => r.end(makeBomb(50_000, 50_000, 10)),
    /expected at most 40 megapixels/,
  ],
  [
    "a body that says it has 11 MB",
    (_, r) => r.writeHead(200, { "Content-Length": 11 * 2 ** 20 }).write("x"),
    /expected at most 10 MB, got more$/,
  ],
  [
    "a body without an end",
    (_, r) => void pour(r, Buffer.alloc(2 ** 20), 100),
    /expected at most 10 MB, got more$/,
  ],
  [
    "a bomb of gzip",
    (_, r) => r.writeHead(200, { "Content-Encoding": "gzip" }).end(bomb()),
    /expected at most 10 MB, got more$/,
  ],
  [
    "a redirect in a circle",
    (_, r) => r.writeHead(302, { Location: "/bad" }).end(),
    /it redirects in a circle$/,
  ],
  [
    "a redirect to a file",
    (_, r) => r.writeHead(302, { Location: "file:///etc/passwd" }).end(),
    /expected an http or https address, got "file:/,
  ],
];

test.each(final)(
  "%s is skipped with a note, is never asked for again, and does not stop the others",
  async (_, answer, why) => {
    await serve(answer);
    await list(["/good.png", "/bad"], ["/bad"]);
    const { lines, fetched } = await run();
    expect(lines).toHaveLength(2);
    for (const line of lines) expect(line).toMatch(why);
    expect(lines[0]).toMatch(new RegExp(`^${id(2)} skipped: `));
    expect(fetched).toBe(1);
    expect((await figures())[0]).toBe("good.png shown");
    hub.requests.length = 0;
    later(60);
    expect(await run()).toEqual({ lines: [], fetched: 0, left: 0 });
    expect(hub.requests).toEqual([]);
  },
);

test("a truncated picture of its full declared length is skipped, and one that arrives in part is tried again", async () => {
  const whole = await makePicture("jpeg");
  let cut = true;
  await serve((url, response) => {
    if (url.pathname === "/short") return response.end(whole.subarray(0, -300));
    response.writeHead(200, { "Content-Length": whole.length });
    if (!cut) return response.end(whole);
    response.write(whole.subarray(0, -300), () => response.destroy());
  });
  await list(["/short", "/part"]);
  const { lines } = await run();
  expect(lines).toEqual([
    expect.stringMatching(/skipped: expected an intact picture, got a damaged one/),
    expect.stringMatching(/^127\.0\.0\.1:\d+ postponed: lost the connection/),
  ]);
  cut = false;
  later(10);
  expect(await run()).toMatchObject({ lines: [], fetched: 1 });
});

test("a redirect is followed", async () => {
  await serve((_, response) => response.writeHead(302, { Location: "/good.png" }).end());
  await list(["/moved"]);
  expect(await run()).toMatchObject({ lines: [], fetched: 1 });
});

test("a private address is refused without a request, unless the operator named its host", async () => {
  await network.close();
  network = openNetwork({ spacingMs: 0, tries: 1 });
  await serve();
  await list(["/a.png", "http://[::1]/b.png", "http://169.254.169.254/latest/c.png"]);
  const { lines } = await run();
  expect(lines).toHaveLength(3);
  for (const line of lines)
    expect(line).toMatch(/skipped: expected a public address, got .*, a private one$/);
  expect(hub.requests).toEqual([]);
});

test("a host that cannot be reached is left alone for the rest of the import, and asked again by the next", async () => {
  await serve();
  const down = "http://127.0.0.1:9"; // nothing listens there
  await list([`${down}/x.png`, `${down}/y.png`, "/a.png"], [`${down}/z.png`, "/b.png"]);
  const { lines, fetched, left } = await run();
  expect(lines).toEqual(["127.0.0.1:9 postponed: could not connect to 127.0.0.1"]);
  expect([fetched, left]).toEqual([2, 2]);
  expect(await figures()).toEqual([
    "x.png missing",
    "y.png missing",
    "a.png shown",
    "z.png missing",
    "b.png shown",
  ]);
  later(10);
  expect((await run()).lines).toEqual(lines);
  expect((await run()).lines).toEqual(lines); // without waiting, too
});

test("a slow picture postpones its host, and the next import begins with the others", async () => {
  await serve((url) => void (url.pathname === "/slow")); // no answer at all
  await list(["/a.png"], ["/slow"]);
  const impatient = openNetwork({ spacingMs: 0, tries: 1, timeoutMs: 700, trusted: [hub.url()] });
  const outcome = await run(2 ** 30, { db: db(), network: impatient });
  await impatient.close();
  expect(outcome).toMatchObject({
    lines: [expect.stringMatching(/postponed: expected an answer within 0.7 s, got none$/)],
    fetched: 0,
  });
  later(10);
  hub.requests.length = 0;
  const next = run();
  await expect.poll(async () => await figures()).toEqual(["a.png shown", "slow missing"]);
  await network.close(); // it waits for the slow one by now
  expect(await next).toMatchObject({ fetched: 1 });
  expect(hub.requests[0]?.path).toBe("/a.png");
});

test("three failures of a server in a row postpone it, one does not", async () => {
  let broken = true;
  await serve((_, response) => (broken ? response.writeHead(500).end() : response.end()));
  await list(["/1", "/2", "/3", "/a.png", "/b.png"], ["/4", "/c.png"]);
  const { lines, fetched } = await run();
  expect(fetched).toBe(1);
  expect(lines.map((line) => line.replace(/ postponed.*/, ""))).toEqual([
    id(2),
    id(1),
    id(1),
    expect.stringMatching(/^127/),
  ]);
  broken = false;
  later(10);
  hub.requests.length = 0;
  await run();
  expect(hub.requests[0]?.path).toBe("/a.png"); // what was not tried comes first
});

test("a host that asks to wait gets no other request in this import", async () => {
  await serve((_, response) => response.writeHead(429, { "Retry-After": "3600" }).end());
  await list(["/a.png"], ["/busy"]);
  const { lines } = await run();
  expect(lines).toEqual([expect.stringMatching(/^127.*429, too many requests; it asks to wait 3600 s$/)]);
  expect(hub.requests).toHaveLength(1);
});

test("two processes share the pictures: none is fetched twice", async () => {
  await serve();
  await list(["/a.png", "/b.png"], ["/c.png", "/d.png"], ["/e.png", "/f.png"]);
  const others = [0, 1].map(() => openDatabase(process.env.DATABASE_URL ?? "", 10_000));
  const runs = others.map((other) => {
    const turns = openHostTurns(other);
    const own = openNetwork({ spacingMs: 20, tries: 1, trusted: [hub.url()], turns });
    return { db: other, network: own };
  });
  const results = await Promise.all(runs.map((access) => run(2 ** 30, access)));
  expect(results.map(({ fetched }) => fetched).reduce((a, b) => a + b)).toBe(6);
  expect(hub.requests.map(({ path }) => path).sort()).toEqual(
    ["a", "b", "c", "d", "e", "f"].map((name) => `/${name}.png`),
  );
  expect(await shown()).toHaveLength(6);
  for (const { db, network } of runs) {
    await network.close();
    await db.$disconnect();
  }
});

test("a picture that a killed process began is fetched by the next import", async () => {
  await serve();
  await list(["/a.png"]);
  await db().figure.updateMany({ data: { triedAt: now } });
  expect(await run()).toMatchObject({ fetched: 0 }); // it may still be at it
  later(4);
  expect(await run()).toMatchObject({ fetched: 1 });
});

test("the same picture at two addresses is stored and shown once", async () => {
  await serve((_, response) => response.writeHead(302, { Location: "/good.png" }).end());
  await list(["/good.png", "/copy"], ["/other"]);
  expect(await run()).toMatchObject({ lines: [], fetched: 3 });
  expect(await files()).toHaveLength(2);
  const page = await findPaper(id(1));
  expect(page && "figures" in page && page.figures).toHaveLength(1);
});

test("within KEEP_MEDIA, pictures of the oldest days make room for newer ones, and are not fetched again", async () => {
  await serve();
  await list(["/a.png"], ["/b.png"], ["/c.png"]);
  await run();
  const one = (await store().list()).reduce((sum, { bytes }) => sum + bytes, 0) / 3;
  await run(2.5 * one);
  expect(await shown()).toEqual(["b.png shown", "c.png shown"]);
  expect(await files()).toHaveLength(4);
  expect(await figures()).toContain("a.png missing");

  await scrapeBody(db(), hubAnswer([{ id: id(9), day: "2025-12-11", media: [`${hub.url()}/d.png`] }]));
  hub.requests.length = 0;
  later(10);
  expect(await run(2.5 * one)).toMatchObject({ fetched: 1 });
  expect(hub.requests.map(({ path }) => path)).toEqual(["/d.png"]);
  expect(await shown()).toEqual(["c.png shown", "d.png shown"]);
  later(10);
  expect(await run(2.5 * one)).toEqual({ lines: [], fetched: 0, left: 0 });
  later(10);
  expect(await run()).toMatchObject({ fetched: 2 }); // with more room, the old ones return
});

test("pictures whose files are gone are not shown, and are fetched again by the next import", async () => {
  await serve();
  await list(["/a.png"], ["/b.png"]);
  await run();
  for (const name of await files()) await store().remove(name);
  const cards = async () =>
    (await listPapers(filterState.parse({}).state)).papers.map(({ figure }) => figure?.width);
  expect(await cards()).toEqual([undefined, undefined]);
  expect(await run()).toMatchObject({ lines: [], fetched: 2 });
  expect(await cards()).toEqual([320, 320]);

  const [first = ""] = await files();
  await store().remove(first); // half of a picture
  expect(await run()).toMatchObject({ fetched: 1 });
  expect(await files()).toHaveLength(4);
});

test("files without a paper and those of a killed process are removed, once they are old; others are left alone", async () => {
  await serve();
  await list(["/a.png"]);
  await run();
  const old = new Date(now.getTime() - 2 * 3_600_000);
  const put = (name: string, at = old) => store().write(name, Buffer.from("x"), at.getTime());
  await put(`${"1".repeat(32)}-small.webp`);
  await put(`${"2".repeat(32)}-small.webp`, now);
  await put("mine.txt");
  const part = path.join(store().place, `${"3".repeat(32)}-small.webp.999999999.broadsheet-part`);
  if (testEngine() === "sqlite") writeFileSync(part, "x");
  await scrapeBody(db(), hubAnswer([{ id: id(9), day: "2025-12-11", media: [`${hub.url()}/b.png`] }]));
  await run();
  expect((await files()).filter((name) => !/^[0-9a-f]{32}-/.test(name))).toEqual(["mine.txt"]);
  expect(existsSync(part)).toBe(false);
  expect((await files()).filter((name) => /^[123]{32}/.test(name))).toEqual([`${"2".repeat(32)}-small.webp`]);
});

test("if pictures cannot be stored, the step stops with the system's reason, and the papers stay", async () => {
  await serve();
  await list(["/a.png"]);
  const unblock = await blockFiles(db(), "media");
  await expect(run()).rejects.toThrow(/ENOTDIR|EEXIST|violates check constraint/);
  await unblock();
  expect(await db().paper.count()).toBe(1);
});

test("a paper that is removed while its picture is fetched leaves nothing behind", async () => {
  const good = await makePicture();
  hub.answers(async (_, response) => {
    await db().paper.deleteMany();
    response.end(good);
  });
  await list(["/a.png"]);
  await run();
  expect(await figures()).toEqual([]);
  now = new Date(Date.now() + 2 * 3_600_000); // files have the time of the real clock
  await run();
  expect(await files()).toEqual([]);
});
