import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Answer, FetchError, type Network, openNetwork, patient } from "@/lib/net/fetch";
import { bomb, openPlayedClock, openPlayedHub, pour } from "@/tests/hub";

const hub = openPlayedHub();
let clock = openPlayedClock();
const opened: Network[] = [];
const open = (options: Parameters<typeof openNetwork>[0] = {}) => {
  const network = openNetwork({ clock, trusted: ["http://127.0.0.1"], ...options });
  opened.push(network);
  return network;
};
beforeEach(() => {
  clock = openPlayedClock();
  hub.goesBy(clock);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const network of opened.splice(0)) await network.close();
});
const get = (path = "/", options?: Parameters<typeof open>[0]): Promise<Answer> =>
  open(options).get(hub.url() + path);
const refused = (path = "/", options?: Parameters<typeof open>[0]): Promise<unknown> =>
  get(path, options).catch((error: unknown) => error);

test("it says who asks and where its people are found, and asks for packed answers", async () => {
  hub.plays((_, response) => response.writeHead(200, { "Content-Encoding": "gzip" }).end(gzipSync("packed")));
  vi.stubEnv("PUBLIC_URL", "https://papers.example");
  expect((await get()).body.toString()).toBe("packed");
  expect(hub.asked[0]?.headers).toMatchObject({
    "user-agent": expect.stringMatching(
      /^Broadsheet\/\d+\.\d+\.\d+ \(\+https:\/\/papers\.example; a reader's own feed/,
    ),
    "accept-encoding": "gzip, br",
  });
  vi.unstubAllEnvs();
  await get();
  expect(hub.asked[1]?.headers["user-agent"]).toMatch(/^Broadsheet\/[\d.]+ \(a reader's own feed/);
});

test("requests to a host follow one another with a rest between, also those asked for at once", async () => {
  hub.plays((_, response) => response.end("[]"));
  const network = open({ spacingMs: 400 });
  await Promise.all(["/a", "/b", "/c"].map((path) => network.get(hub.url() + path)));
  expect(hub.asked.map(({ path }) => path)).toEqual(["/a", "/b", "/c"]);
  expect(hub.gaps()).toEqual([400, 400]);
});

test("arXiv's machines together are asked every three seconds, others beside them", async () => {
  vi.stubEnv("HTTP_PROXY", hub.url());
  hub.plays((_, response) => response.end("[]"));
  const network = open({ spacingMs: 100 });
  for (const host of ["export.arxiv.org", "rss.arxiv.org", "notarxiv.org", "arxiv.org"])
    await network.get(`http://${host}/`);
  expect(hub.asked.map(({ host }) => host)).toEqual([
    "export.arxiv.org",
    "rss.arxiv.org",
    "notarxiv.org",
    "arxiv.org",
  ]);
  expect(hub.gaps()).toEqual([3000, 0, 3000]);
});

test.each([
  ["seconds", () => "8", 8],
  ["a date", () => new Date(clock.now() + 9000).toUTCString(), 9],
])("Retry-After in %s is waited for where it is short", async (_, after, seconds) => {
  hub.plays((_, response) => {
    if (hub.asked.length > 1) response.end("[]");
    else response.writeHead(429, { "Retry-After": after() }).end();
  });
  await get();
  expect(hub.gaps()).toEqual([seconds * 1000]);
});

test("a long Retry-After is told, and the host left alone as long, whatever else is wanted of it", async () => {
  hub.plays((_, response) => response.writeHead(429, { "Retry-After": "900" }).end());
  for (const options of [{}, patient]) {
    hub.asked.length = 0;
    const network = open(options);
    const first = await network.get(hub.url()).catch((error: unknown) => error);
    expect(first).toBeInstanceOf(FetchError);
    expect(first).toMatchObject({
      status: 429,
      retryAfter: 900,
      message: "expected a listing, got 429, too many requests; it asks to wait 900 s",
    });
    await expect(network.get(`${hub.url()}/more`)).rejects.toThrow(
      /^expected 127.0.0.1:\d+ to answer now, but its limits allow no request for 900 s$/,
    );
    expect(hub.asked).toHaveLength(1);
  }
});

/** A server that gives so much in a window, says so, and refuses what is beyond. */
function playWindow(limit: number, windowS: number, headersOf: (left: number, reset: number) => object) {
  let begun = clock.now();
  let left = limit;
  hub.plays((_, response) => {
    if (clock.now() >= begun + windowS * 1000) [begun, left] = [clock.now(), limit];
    const reset = Math.ceil((begun + windowS * 1000 - clock.now()) / 1000);
    const status = left > 0 ? 200 : 429;
    left = Math.max(0, left - 1);
    response.writeHead(status, { ...headersOf(left, reset) }).end("[]");
  });
}

const limits: [string, (left: number, reset: number) => object][] = [
  [
    "the Hub's RateLimit",
    (left, reset) => ({
      RateLimit: `"api";r=${left};t=${reset}`,
      "RateLimit-Policy": '"fixed window";"api";q=20;w=60',
    }),
  ],
  ["an older draft's", (left, reset) => ({ RateLimit: `limit=20, remaining=${left}, reset=${reset}` })],
  [
    "the three headers",
    (left, reset) => ({
      "RateLimit-Limit": "20",
      "RateLimit-Remaining": String(left),
      "RateLimit-Reset": String(reset),
    }),
  ],
  [
    "the three with X and a moment",
    (left, reset) => ({
      "X-RateLimit-Limit": "20",
      "X-RateLimit-Remaining": String(left),
      "X-RateLimit-Reset": String(Math.ceil(clock.now() / 1000) + reset),
    }),
  ],
];

test.each(limits)("%s: who is patient slows down evenly, and is never refused", async (_, headersOf) => {
  playWindow(20, 60, headersOf);
  const network = open({ ...patient, tries: 1 });
  for (let index = 0; index < 45; index++) await network.get(hub.url());
  const gaps = hub.gaps();
  expect(gaps.slice(0, 15).every((gap) => gap === 1000)).toBe(true);
  expect(Math.max(...gaps)).toBeLessThan(16_000);
  expect(gaps.reduce((sum, gap) => sum + gap, 0)).toBeGreaterThan(100_000);
});

test("who is not patient goes evenly to a near reset, uses what is left before a far one, and gives up there", async () => {
  playWindow(4, 9, (left, reset) => ({ RateLimit: `"api";r=${left};t=${reset}` }));
  const network = open();
  for (let index = 0; index < 6; index++) await network.get(hub.url());
  expect(Math.max(...hub.gaps())).toBe(3000); // nine seconds among the three that are left

  hub.asked.length = 0;
  playWindow(2, 245, (left, reset) => ({ RateLimit: `"api";r=${left};t=${reset}` }));
  const other = open();
  await other.get(hub.url());
  await other.get(hub.url());
  expect(await other.get(hub.url()).catch((error: unknown) => error)).toMatchObject({
    retryAfter: 245,
    message: expect.stringMatching(/gives nothing for 245 s$/),
  });
  expect(hub.gaps()).toEqual([250]);
});

test("a long rest is told", async () => {
  hub.plays((_, response) => response.writeHead(200, { RateLimit: '"api";r=0;t=120' }).end("[]"));
  const told: string[] = [];
  const network = open({ ...patient, onLongWait: (line) => told.push(line) });
  await network.get(hub.url());
  await network.get(hub.url());
  expect(hub.gaps()).toEqual([120_000]);
  expect(told).toEqual([expect.stringMatching(/^127.0.0.1:\d+: waiting 120 s, to stay within its limits$/)]);
});

test("a 500 is asked once more, by who is patient more often with ever longer rests, then told", async () => {
  hub.plays((_, response) => response.writeHead(500).end("<html>oh dear"));
  expect(await refused()).toMatchObject({ message: "expected a listing, got 500 Internal Server Error" });
  expect(hub.asked).toHaveLength(2);
  hub.asked.length = 0;
  await refused("/", { ...patient, tries: 9 });
  const gaps = hub.gaps();
  for (const [index, gap] of gaps.entries()) {
    const most = Math.min(60_000, 1000 * 2 ** index);
    expect(gap).toBeGreaterThanOrEqual(Math.max(1000, most / 2));
    expect(gap).toBeLessThanOrEqual(most);
  }
  expect([gaps.length, new Set(gaps.slice(1)).size]).toEqual([8, 7]);
});

test("a next page is of the same server, or none", async () => {
  hub.plays((url, response) =>
    response.writeHead(200, { Link: `<${url.searchParams.get("next")}>; rel="next"` }).end("[]"),
  );
  const next = async (link: string) => (await get(`/?next=${encodeURIComponent(link)}`)).next;
  expect(await next("/more?p=1")).toBe(`${hub.url()}/more?p=1`);
  expect(await next("https://elsewhere.example/")).toBeNull();
  expect(await next("http://[")).toBeNull();
});

test("a 404 is not asked again", async () => {
  hub.plays((_, response) => response.writeHead(404).end());
  expect(await refused()).toMatchObject({ status: 404 });
  expect(hub.asked).toHaveLength(1);
});

test("a server that hangs, before or within its answer, is left when its time is up", async () => {
  const late = "expected an answer within 0.1 s, got none";
  hub.plays(() => {});
  await expect(get("/", { timeoutMs: 100 })).rejects.toThrow(late);
  hub.plays((_, response) => response.write("["));
  await expect(get("/", { timeoutMs: 100 })).rejects.toThrow(late);
});

test("a connection that is cut within the answer", async () => {
  hub.plays((_, response) => {
    response.writeHead(200, { "Content-Length": 1000 }).write("[");
    setTimeout(() => response.destroy(), 20);
  });
  await expect(get()).rejects.toThrow("lost the connection to 127.0.0.1");
  expect(hub.asked).toHaveLength(2);
});

test("a signal ends a rest at once", async () => {
  hub.plays((_, response) => response.writeHead(429, { "Retry-After": "9" }).end());
  const ended = openNetwork({ trusted: ["http://127.0.0.1"], signal: AbortSignal.timeout(50) });
  opened.push(ended);
  await expect(ended.get(hub.url())).rejects.not.toBeInstanceOf(FetchError);
});

test.each([
  ["gzip", gzipSync],
  ["br", brotliCompressSync],
])("%s that breaks off or is damaged on its way is asked for again", async (encoding, pack) => {
  const packed = pack(Buffer.from("All about tea. ".repeat(100)));
  const sent = [packed.subarray(0, packed.length / 2), Buffer.from("\xff\xff not packed", "latin1"), packed];
  hub.plays((_, response) => response.writeHead(200, { "Content-Encoding": encoding }).end(sent.shift()));
  const network = openNetwork({ trusted: ["http://127.0.0.1"], tries: 3, clock: openPlayedClock() });
  expect((await network.get(hub.url())).body.toString()).toContain("All about tea.");
  expect(hub.asked).toHaveLength(3);
  await network.close();
});

test("redirects are followed to where they lead, and that is told", async () => {
  hub.plays((url, response) => {
    const step = Number(url.pathname.slice(1));
    if (step < 10) response.writeHead(302, { Location: `/${step + 1}#here` }).end("<a>there");
    else response.writeHead(200, { ETag: '"1"' }).end("there");
  });
  expect(await get("/0")).toMatchObject({ url: `${hub.url()}/10`, validator: null });
  expect(new Set(hub.gaps())).toEqual(new Set([250]));
  expect(await get("/10")).toMatchObject({ validator: { etag: '"1"' } });
});

test("redirects in a circle, without an end, to nowhere and out of the web are told in words", async () => {
  hub.plays((url, response) =>
    response.writeHead(302, { Location: url.pathname === "/a" ? "/b" : "/a" }).end(),
  );
  expect(await refused("/a")).toMatchObject({ message: "it redirects in a circle" });
  expect(hub.asked).toHaveLength(2);
  hub.plays((url, response) => response.writeHead(302, { Location: `${url.pathname}x` }).end());
  expect(await refused("/a")).toMatchObject({ message: "it redirects more than 10 times" });
  hub.plays((_, response) => response.writeHead(302).end());
  expect(await refused()).toMatchObject({ message: "expected a listing, got 302 Found" });
  hub.plays((_, response) => response.writeHead(302, { Location: "file:///etc/passwd" }).end());
  expect(await refused()).toMatchObject({
    message: 'expected an http or https address, got "file:///etc/passwd"',
  });
});

test("an answer of 2 GB is left at its bound, not kept", async () => {
  let poured = { sent: () => 0 };
  hub.plays((_, response) => {
    poured = pour(response, Buffer.alloc(1024 * 1024, " "), 2048);
  });
  await expect(get()).rejects.toThrow("expected at most 64 MB, got more");
  expect(poured.sent()).toBeLessThan(200);
});

test("a gzip bomb is left at the bound of what it unpacks to", async () => {
  let poured = { sent: () => 0 };
  const some = bomb();
  hub.plays((_, response) => {
    response.setHeader("Content-Encoding", "gzip");
    poured = pour(response, some, 1000); // 64 GB
  });
  const before = process.memoryUsage().rss;
  await expect(get()).rejects.toThrow("expected at most 64 MB, got more");
  expect(poured.sent()).toBeLessThan(200);
  expect(process.memoryUsage().rss - before).toBeLessThan(400 * 1024 * 1024);
});

test("gzip that unpacks to nothing, for ever, is left at the bound of what comes", async () => {
  const nothing = gzipSync("");
  hub.plays((_, response) => {
    response.setHeader("Content-Encoding", "gzip");
    pour(response, Buffer.concat(Array.from({ length: 50_000 }, () => nothing)), 1000);
  });
  await expect(get("/", { timeoutMs: 20_000 })).rejects.toThrow("expected at most 64 MB, got more");
});

test("an answer that is not packed as it says, or ends early", async () => {
  hub.plays((_, response) => response.writeHead(200, { "Content-Encoding": "gzip" }).end("not gzip"));
  await expect(get()).rejects.toThrow("expected an answer, got an unreadable one (incorrect header check)");
  const half = gzipSync("x".repeat(1000)).subarray(0, 20);
  hub.plays((_, response) => response.writeHead(200, { "Content-Encoding": "gzip" }).end(half));
  await expect(get()).rejects.toThrow("got an unreadable one (unexpected end of file)");
  hub.plays((_, response) => response.writeHead(200, { "Content-Encoding": "lzma" }).end(half));
  await expect(get()).rejects.toThrow('expected an answer in gzip or br, got "lzma"');
});

const latin = Buffer.from("<p>M\xfcller", "latin1");
test.each([
  ["UTF-8 without a word", undefined, Buffer.from("Müller"), "Müller"],
  ["a mark", "text/plain; charset=iso-8859-1", Buffer.from("\ufeffMüller"), "Müller"],
  ["a mark of UTF-16", "text/html", Buffer.from("\ufeff<p>Müller", "utf16le"), "<p>Müller"],
  ["the header", 'text/html; charset="ISO-8859-1"', latin, "<p>Müller"],
  ["a meta", "text/html", Buffer.concat([Buffer.from('<meta charset="latin1">'), latin]), /Müller$/],
  [
    "a meta in place of a header",
    undefined,
    Buffer.concat([
      Buffer.from('<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">'),
      latin,
    ]),
    /Müller$/,
  ],
  [
    "the declaration of XML",
    "application/xml",
    Buffer.concat([Buffer.from('<?xml version="1.0" encoding="iso-8859-1"?>'), latin]),
    /Müller$/,
  ],
  ["the header before the markup", "text/html; charset=utf-8", Buffer.from("<meta charset=big5>ü"), /ü$/],
  [
    "bytes that are UTF-8 before a header of old",
    "text/html; charset=iso-8859-1",
    Buffer.from("Müller"),
    "Müller",
  ],
  ["markup that says UTF-16 of itself in ASCII", undefined, Buffer.from("<meta charset=utf-16>ü"), /ü$/],
  ["Japanese", "text/html; charset=Shift_JIS", Buffer.from("93fa967b", "hex"), "日本"],
  ["JSON that speaks of a charset", "application/json", Buffer.from('["<meta charset=big5> ü"]'), /ü"\]$/],
])("characters by %s", async (_, type, body, text) => {
  hub.plays((_, response) =>
    response.writeHead(200, type === undefined ? {} : { "Content-Type": type }).end(body),
  );
  const got = (await get()).body.toString("utf8");
  if (typeof text === "string") expect(got).toBe(text);
  else expect(got).toMatch(text);
});

test("a charset that is none, and characters that are not of theirs, are told and never guessed", async () => {
  hub.plays((_, response) =>
    response.writeHead(200, { "Content-Type": "text/html; charset=klingon" }).end("x"),
  );
  expect(await refused()).toMatchObject({ message: 'expected a known charset, got "klingon"' });
  hub.plays((_, response) =>
    response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" }).end(latin),
  );
  expect(await refused()).toMatchObject({
    message: "expected text in utf-8, got other bytes (it begins with 3c703e4dfc6c6c65)",
  });
});

test("a gzip file is left as it is", async () => {
  const file = gzipSync("{}");
  hub.plays((_, response) => response.writeHead(200, { "Content-Type": "text/plain" }).end(file));
  expect((await get()).body).toEqual(file);
});

test("nobody there, and an address that is none", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // it listens at a port
  await new Promise((resolve) => server.close(resolve));
  await expect(open().get(`http://127.0.0.1:${port}/`)).rejects.toThrow("could not connect to 127.0.0.1");
  await expect(open().get("http://")).rejects.toThrow('expected an http or https address, got "http://"');
});

test("a proxy that the environment names is gone through, but for hosts that it leaves out", async () => {
  vi.stubEnv("HTTPS_PROXY", hub.url());
  vi.stubEnv("HTTP_PROXY", hub.url());
  vi.stubEnv("NO_PROXY", "127.0.0.1");
  hub.plays((_, response) => response.end("direct"));
  const proxied = open();
  await expect(proxied.get("https://hub.example/papers")).rejects.toThrow(FetchError);
  expect(hub.tunnels).toContain("hub.example:443");
  expect((await proxied.get(hub.url())).body.toString()).toBe("direct");
  vi.stubEnv("HTTPS_PROXY", "not an address");
  expect(() => openNetwork()).toThrow('HTTPS_PROXY: expected the address of a proxy, got "not an address"');
});
