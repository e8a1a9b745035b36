import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Answer, backgroundLimits, FetchError, type Network, openNetwork } from "@/lib/net/fetch";
import { bomb, openFakeClock, openFakeHub, pour } from "@/tests/hub";

const hub = openFakeHub();
let clock = openFakeClock();
const opened: Network[] = [];
const open = (options: Parameters<typeof openNetwork>[0] = {}) => {
  const network = openNetwork({ clock, trusted: ["http://127.0.0.1"], ...options });
  opened.push(network);
  return network;
};
beforeEach(() => {
  clock = openFakeClock();
  hub.useClock(clock);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const network of opened.splice(0)) await network.close();
});
const get = (path = "/", options?: Parameters<typeof open>[0]): Promise<Answer> =>
  open(options).get(hub.url() + path);
const failureOf = (path = "/", options?: Parameters<typeof open>[0]): Promise<unknown> =>
  get(path, options).catch((error: unknown) => error);

test("a request names Broadsheet and its public address, and accepts compressed answers", async () => {
  hub.answers((_, response) =>
    response.writeHead(200, { "Content-Encoding": "gzip" }).end(gzipSync("packed")),
  );
  vi.stubEnv("PUBLIC_URL", "https://papers.example");
  expect((await get()).body.toString()).toBe("packed");
  expect(hub.requests[0]?.headers).toMatchObject({
    "user-agent": expect.stringMatching(
      /^Broadsheet\/\d+\.\d+\.\d+ \(\+https:\/\/papers\.example; a reader's own feed/,
    ),
    "accept-encoding": "gzip, br",
  });
  vi.unstubAllEnvs();
  await get();
  expect(hub.requests[1]?.headers["user-agent"]).toMatch(/^Broadsheet\/[\d.]+ \(a reader's own feed/);
});

test("requests to one host are spaced out, even if they are made at once", async () => {
  hub.answers((_, response) => response.end("[]"));
  const network = open({ spacingMs: 400 });
  await Promise.all(["/a", "/b", "/c"].map((path) => network.get(hub.url() + path)));
  expect(hub.requests.map(({ path }) => path)).toEqual(["/a", "/b", "/c"]);
  expect(hub.gaps()).toEqual([400, 400]);
});

test("all arXiv hosts share a spacing of three seconds, and other hosts are not delayed by it", async () => {
  vi.stubEnv("HTTP_PROXY", hub.url());
  hub.answers((_, response) => response.end("[]"));
  const network = open({ spacingMs: 100 });
  for (const host of ["export.arxiv.org", "rss.arxiv.org", "notarxiv.org", "arxiv.org"])
    await network.get(`http://${host}/`);
  expect(hub.requests.map(({ host }) => host)).toEqual([
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
])("a short Retry-After, given as %s, is waited for", async (_, after, seconds) => {
  hub.answers((_, response) => {
    if (hub.requests.length > 1) response.end("[]");
    else response.writeHead(429, { "Retry-After": after() }).end();
  });
  await get();
  expect(hub.gaps()).toEqual([seconds * 1000]);
});

test("a long Retry-After is reported, and no other request is sent to the host meanwhile", async () => {
  hub.answers((_, response) => response.writeHead(429, { "Retry-After": "900" }).end());
  for (const options of [{}, backgroundLimits]) {
    hub.requests.length = 0;
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
    expect(hub.requests).toHaveLength(1);
  }
});

/** Serves `limit` requests per time window, states that in headers, and refuses the others. */
function serveWindow(limit: number, windowS: number, headersOf: (left: number, reset: number) => object) {
  let begun = clock.now();
  let left = limit;
  hub.answers((_, response) => {
    if (clock.now() >= begun + windowS * 1000) [begun, left] = [clock.now(), limit];
    const reset = Math.ceil((begun + windowS * 1000 - clock.now()) / 1000);
    const status = left > 0 ? 200 : 429;
    left = Math.max(0, left - 1);
    response.writeHead(status, { ...headersOf(left, reset) }).end("[]");
  });
}

const limits: [string, (left: number, reset: number) => object][] = [
  [
    "RateLimit as Hugging Face sends it",
    (left, reset) => ({
      RateLimit: `"api";r=${left};t=${reset}`,
      "RateLimit-Policy": '"fixed window";"api";q=20;w=60',
    }),
  ],
  [
    "RateLimit of an older draft",
    (left, reset) => ({ RateLimit: `limit=20, remaining=${left}, reset=${reset}` }),
  ],
  [
    "three RateLimit headers",
    (left, reset) => ({
      "RateLimit-Limit": "20",
      "RateLimit-Remaining": String(left),
      "RateLimit-Reset": String(reset),
    }),
  ],
  [
    "three X-RateLimit headers with a reset time",
    (left, reset) => ({
      "X-RateLimit-Limit": "20",
      "X-RateLimit-Remaining": String(left),
      "X-RateLimit-Reset": String(Math.ceil(clock.now() / 1000) + reset),
    }),
  ],
];

test.each(limits)("%s: a patient client slows down evenly and is never refused", async (_, headersOf) => {
  serveWindow(20, 60, headersOf);
  const network = open({ ...backgroundLimits, tries: 1 });
  for (let index = 0; index < 45; index++) await network.get(hub.url());
  const gaps = hub.gaps();
  expect(gaps.slice(0, 15).every((gap) => gap === 1000)).toBe(true);
  expect(Math.max(...gaps)).toBeLessThan(16_000);
  expect(gaps.reduce((sum, gap) => sum + gap, 0)).toBeGreaterThan(100_000);
});

test("an impatient client spreads its requests if the reset is near, and otherwise uses up its limit and then gives up", async () => {
  serveWindow(4, 9, (left, reset) => ({ RateLimit: `"api";r=${left};t=${reset}` }));
  const network = open();
  for (let index = 0; index < 6; index++) await network.get(hub.url());
  expect(Math.max(...hub.gaps())).toBe(3000); // nine seconds spread over the three requests left

  hub.requests.length = 0;
  serveWindow(2, 245, (left, reset) => ({ RateLimit: `"api";r=${left};t=${reset}` }));
  const other = open();
  await other.get(hub.url());
  await other.get(hub.url());
  expect(await other.get(hub.url()).catch((error: unknown) => error)).toMatchObject({
    retryAfter: 245,
    message: expect.stringMatching(/allow no request for 245 s$/),
  });
  expect(hub.gaps()).toEqual([250]);
});

test("a long rest is reported", async () => {
  hub.answers((_, response) => response.writeHead(200, { RateLimit: '"api";r=0;t=120' }).end("[]"));
  const lines: string[] = [];
  const network = open({ ...backgroundLimits, onLongWait: (line) => lines.push(line) });
  await network.get(hub.url());
  await network.get(hub.url());
  expect(hub.gaps()).toEqual([120_000]);
  expect(lines).toEqual([expect.stringMatching(/^127.0.0.1:\d+: waiting 120 s, to stay within its limits$/)]);
});

test("a 500 is retried once, or by a patient client several times with growing delays", async () => {
  hub.answers((_, response) => response.writeHead(500).end("<html>oh dear"));
  expect(await failureOf()).toMatchObject({ message: "expected a listing, got 500 Internal Server Error" });
  expect(hub.requests).toHaveLength(2);
  hub.requests.length = 0;
  await failureOf("/", { ...backgroundLimits, tries: 9 });
  const gaps = hub.gaps();
  for (const [index, gap] of gaps.entries()) {
    const most = Math.min(60_000, 1000 * 2 ** index);
    expect(gap).toBeGreaterThanOrEqual(Math.max(1000, most / 2));
    expect(gap).toBeLessThanOrEqual(most);
  }
  expect([gaps.length, new Set(gaps.slice(1)).size]).toEqual([8, 7]);
});

test("a next page must be on the same server", async () => {
  hub.answers((url, response) =>
    response.writeHead(200, { Link: `<${url.searchParams.get("next")}>; rel="next"` }).end("[]"),
  );
  const next = async (link: string) => (await get(`/?next=${encodeURIComponent(link)}`)).next;
  expect(await next("/more?p=1")).toBe(`${hub.url()}/more?p=1`);
  expect(await next("https://elsewhere.example/")).toBeNull();
  expect(await next("http://[")).toBeNull();
});

test("a 404 is not retried", async () => {
  hub.answers((_, response) => response.writeHead(404).end());
  expect(await failureOf()).toMatchObject({ status: 404 });
  expect(hub.requests).toHaveLength(1);
});

test("a server that hangs, before or during its answer, times out", async () => {
  const late = "expected an answer within 0.1 s, got none";
  hub.answers(() => {});
  await expect(get("/", { timeoutMs: 100 })).rejects.toThrow(late);
  hub.answers((_, response) => response.write("["));
  await expect(get("/", { timeoutMs: 100 })).rejects.toThrow(late);
});

test("a connection cut during the answer is retried and then reported", async () => {
  hub.answers((_, response) => {
    response.writeHead(200, { "Content-Length": 1000 }).write("[");
    setTimeout(() => response.destroy(), 20);
  });
  await expect(get()).rejects.toThrow("lost the connection to 127.0.0.1");
  expect(hub.requests).toHaveLength(2);
});

test("an abort signal ends a rest at once", async () => {
  hub.answers((_, response) => response.writeHead(429, { "Retry-After": "9" }).end());
  const ended = openNetwork({ trusted: ["http://127.0.0.1"], signal: AbortSignal.timeout(50) });
  opened.push(ended);
  await expect(ended.get(hub.url())).rejects.not.toBeInstanceOf(FetchError);
});

test.each([
  ["gzip", gzipSync],
  ["br", brotliCompressSync],
])("a %s answer that breaks off or is damaged is requested again", async (encoding, pack) => {
  const packed = pack(Buffer.from("All about tea. ".repeat(100)));
  const sent = [packed.subarray(0, packed.length / 2), Buffer.from("\xff\xff not packed", "latin1"), packed];
  hub.answers((_, response) => response.writeHead(200, { "Content-Encoding": encoding }).end(sent.shift()));
  const network = openNetwork({ trusted: ["http://127.0.0.1"], tries: 3, clock: openFakeClock() });
  expect((await network.get(hub.url())).body.toString()).toContain("All about tea.");
  expect(hub.requests).toHaveLength(3);
  await network.close();
});

test("redirects are followed, and the answer has the final address", async () => {
  hub.answers((url, response) => {
    const step = Number(url.pathname.slice(1));
    if (step < 10) response.writeHead(302, { Location: `/${step + 1}#here` }).end("<a>there");
    else response.writeHead(200, { ETag: '"1"' }).end("there");
  });
  expect(await get("/0")).toMatchObject({ url: `${hub.url()}/10`, validator: null });
  expect(new Set(hub.gaps())).toEqual(new Set([250]));
  expect(await get("/10")).toMatchObject({ validator: { etag: '"1"' } });
});

test("redirects in a loop, without end, without a target or to another scheme are refused with the reason", async () => {
  hub.answers((url, response) =>
    response.writeHead(302, { Location: url.pathname === "/a" ? "/b" : "/a" }).end(),
  );
  expect(await failureOf("/a")).toMatchObject({ message: "it redirects in a circle" });
  expect(hub.requests).toHaveLength(2);
  hub.answers((url, response) => response.writeHead(302, { Location: `${url.pathname}x` }).end());
  expect(await failureOf("/a")).toMatchObject({ message: "it redirects more than 10 times" });
  hub.answers((_, response) => response.writeHead(302).end());
  expect(await failureOf()).toMatchObject({ message: "expected a listing, got 302 Found" });
  hub.answers((_, response) => response.writeHead(302, { Location: "file:///etc/passwd" }).end());
  expect(await failureOf()).toMatchObject({
    message: 'expected an http or https address, got "file:///etc/passwd"',
  });
});

test("reading an answer of 2 GB stops at the size limit", async () => {
  let poured = { sent: () => 0 };
  hub.answers((_, response) => {
    poured = pour(response, Buffer.alloc(1024 * 1024, " "), 2048);
  });
  await expect(get()).rejects.toThrow("expected at most 64 MB, got more");
  expect(poured.sent()).toBeLessThan(200);
});

test("reading a gzip bomb stops at the limit for unpacked bytes", async () => {
  let poured = { sent: () => 0 };
  const some = bomb();
  hub.answers((_, response) => {
    response.setHeader("Content-Encoding", "gzip");
    poured = pour(response, some, 1000); // 64 GB
  });
  const before = process.memoryUsage().rss;
  await expect(get()).rejects.toThrow("expected at most 64 MB, got more");
  expect(poured.sent()).toBeLessThan(200);
  expect(process.memoryUsage().rss - before).toBeLessThan(400 * 1024 * 1024);
});

test("reading endless gzip that unpacks to nothing stops at the limit for received bytes", async () => {
  const nothing = gzipSync("");
  hub.answers((_, response) => {
    response.setHeader("Content-Encoding", "gzip");
    pour(response, Buffer.concat(Array.from({ length: 50_000 }, () => nothing)), 1000);
  });
  await expect(get("/", { timeoutMs: 20_000 })).rejects.toThrow("expected at most 64 MB, got more");
});

test("an answer that is not compressed as declared, or ends early, is refused", async () => {
  hub.answers((_, response) => response.writeHead(200, { "Content-Encoding": "gzip" }).end("not gzip"));
  await expect(get()).rejects.toThrow("expected an answer, got an unreadable one (incorrect header check)");
  const half = gzipSync("x".repeat(1000)).subarray(0, 20);
  hub.answers((_, response) => response.writeHead(200, { "Content-Encoding": "gzip" }).end(half));
  await expect(get()).rejects.toThrow("got an unreadable one (unexpected end of file)");
  hub.answers((_, response) => response.writeHead(200, { "Content-Encoding": "lzma" }).end(half));
  await expect(get()).rejects.toThrow('expected an answer in gzip or br, got "lzma"');
});

const latin = Buffer.from("<p>M\xfcller", "latin1");
test.each([
  ["the default, UTF-8, if nothing is declared", undefined, Buffer.from("Müller"), "Müller"],
  ["a byte order mark", "text/plain; charset=iso-8859-1", Buffer.from("\ufeffMüller"), "Müller"],
  ["a UTF-16 byte order mark", "text/html", Buffer.from("\ufeff<p>Müller", "utf16le"), "<p>Müller"],
  ["the header", 'text/html; charset="ISO-8859-1"', latin, "<p>Müller"],
  ["a meta element", "text/html", Buffer.concat([Buffer.from('<meta charset="latin1">'), latin]), /Müller$/],
  [
    "a meta element that stands for a header",
    undefined,
    Buffer.concat([
      Buffer.from('<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">'),
      latin,
    ]),
    /Müller$/,
  ],
  [
    "the XML declaration",
    "application/xml",
    Buffer.concat([Buffer.from('<?xml version="1.0" encoding="iso-8859-1"?>'), latin]),
    /Müller$/,
  ],
  [
    "the header rather than the markup",
    "text/html; charset=utf-8",
    Buffer.from("<meta charset=big5>ü"),
    /ü$/,
  ],
  [
    "bytes that are valid UTF-8 rather than a Latin-1 header",
    "text/html; charset=iso-8859-1",
    Buffer.from("Müller"),
    "Müller",
  ],
  ["the default if ASCII markup declares UTF-16", undefined, Buffer.from("<meta charset=utf-16>ü"), /ü$/],
  ["a header for Japanese", "text/html; charset=Shift_JIS", Buffer.from("93fa967b", "hex"), "日本"],
  [
    "the default if JSON only mentions a charset",
    "application/json",
    Buffer.from('["<meta charset=big5> ü"]'),
    /ü"\]$/,
  ],
])("the charset of a text comes from %s", async (_, type, body, text) => {
  hub.answers((_, response) =>
    response.writeHead(200, type === undefined ? {} : { "Content-Type": type }).end(body),
  );
  const got = (await get()).body.toString("utf8");
  if (typeof text === "string") expect(got).toBe(text);
  else expect(got).toMatch(text);
});

test("an unknown charset and bytes that are invalid in their charset are refused, not guessed", async () => {
  hub.answers((_, response) =>
    response.writeHead(200, { "Content-Type": "text/html; charset=klingon" }).end("x"),
  );
  expect(await failureOf()).toMatchObject({ message: 'expected a known charset, got "klingon"' });
  hub.answers((_, response) =>
    response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" }).end(latin),
  );
  expect(await failureOf()).toMatchObject({
    message: "expected text in utf-8, got other bytes (it begins with 3c703e4dfc6c6c65)",
  });
});

test("a gzip file is not unpacked", async () => {
  const file = gzipSync("{}");
  hub.answers((_, response) => response.writeHead(200, { "Content-Type": "text/plain" }).end(file));
  expect((await get()).body).toEqual(file);
});

test("a refused connection and an invalid address are reported", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // it listens at a port
  await new Promise((resolve) => server.close(resolve));
  await expect(open().get(`http://127.0.0.1:${port}/`)).rejects.toThrow("could not connect to 127.0.0.1");
  await expect(open().get("http://")).rejects.toThrow('expected an http or https address, got "http://"');
});

test("requests use the proxy from the environment, except for hosts in NO_PROXY", async () => {
  vi.stubEnv("HTTPS_PROXY", hub.url());
  vi.stubEnv("HTTP_PROXY", hub.url());
  vi.stubEnv("NO_PROXY", "127.0.0.1");
  hub.answers((_, response) => response.end("direct"));
  const proxied = open();
  await expect(proxied.get("https://hub.example/papers")).rejects.toThrow(FetchError);
  expect(hub.tunnels).toContain("hub.example:443");
  expect((await proxied.get(hub.url())).body.toString()).toBe("direct");
  vi.stubEnv("HTTPS_PROXY", "not an address");
  expect(() => openNetwork()).toThrow('HTTPS_PROXY: expected the address of a proxy, got "not an address"');
});
