import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FetchError, type Network, openNetwork } from "@/lib/ingest/fetch";
import { askHub, findLatestDay, hubAddresses } from "@/lib/ingest/hub";
import { parseListing } from "@/lib/ingest/parse";
import { readBody } from "@/lib/ingest/read-source";
import { openPlayedHub } from "@/tests/hub";
import { hubAnswer } from "@/tests/hub-answer";
import { contextOf } from "@/tests/library";

const hub = openPlayedHub();
let network: Network;
beforeEach(() => {
  network = openNetwork({ spacingMs: 20, timeoutMs: 1500 });
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await network.close();
});

const entries = (from: number, count: number, day = "2025-12-11") =>
  JSON.parse(
    hubAnswer(
      Array.from({ length: count }, (_, at) => ({ id: `2512.${String(from + at).padStart(5, "0")}`, day })),
    ),
  );
const dayRequest = { kind: "day", period: "2025-12-11" } as const;

async function ask(request: Parameters<typeof askHub>[2] = dayRequest) {
  const { source, problems, partial } = await askHub(network, hub.url(), request);
  const context = contextOf({ source: source.name, url: source.url });
  return { listing: parseListing(await readBody(source), context), problems, partial };
}

test.each([
  [
    { kind: "day", period: "2025-12-11" },
    "/api/daily_papers?date=2025-12-11&limit=100",
    "/papers/date/2025-12-11",
  ],
  [
    { kind: "week", period: "2025-W50" },
    "/api/daily_papers?week=2025-W50&limit=100",
    "/papers/week/2025-W50",
  ],
  [
    { kind: "month", period: "2025-12" },
    "/api/daily_papers?month=2025-12&limit=100",
    "/papers/month/2025-12",
  ],
  [{ kind: "trending", period: null }, "/api/daily_papers?sort=trending&limit=100", "/papers/trending"],
  [
    { kind: "search", period: null, query: "k-NN & more" },
    "/api/papers/search?q=k-NN+%26+more&limit=100",
    "/papers?q=k-NN+%26+more",
  ],
] as const)("%j has its addresses, and the answer is filed by them", async (request, api, page) => {
  expect(hubAddresses("https://hub.example", request)).toEqual({
    api: `https://hub.example${api}`,
    page: `https://hub.example${page}`,
  });
  hub.plays((_, response) => response.end(hubAnswer([{ id: "2512.00001" }])));
  const { listing } = await ask(request);
  expect(listing).toMatchObject({ format: "hf-api", kind: request.kind, period: request.period });
  expect(hub.asked.map(({ path }) => path)).toEqual([api]);
});

test("a good day is one request", async () => {
  hub.plays((_, response) => response.end(JSON.stringify(entries(1, 14))));
  const { listing, problems } = await ask();
  expect([listing.entries.length, listing.period, problems]).toEqual([14, "2025-12-11", []]);
});

test("a day cut at 50 is read on, by Link and by page number, until nothing new comes", async () => {
  hub.plays((url, response) => {
    const page = Number(url.searchParams.get("p") ?? 0);
    if (page === 0) response.setHeader("Link", `<${url.pathname}${url.search}&p=1>; rel="next"`);
    const count = [50, 50, 17][page] ?? 0;
    response.end(JSON.stringify(entries(page * 50, count)));
  });
  const { listing } = await ask();
  expect(listing.entries).toHaveLength(117);
  expect(hub.asked.map(({ path }) => path.slice(28))).toEqual(
    ["11&limit=100", "11&limit=100&p=1", "11&limit=100&p=2"].map(
      (rest) => `${"/api/daily_papers?date=2025-12-".slice(28)}${rest}`,
    ),
  );
});

test("a server that knows no pages and gives the same again is asked once more, not for ever", async () => {
  hub.plays((_, response) => response.end(JSON.stringify(entries(1, 50))));
  expect((await ask()).listing.entries).toHaveLength(50);
  expect(hub.asked).toHaveLength(2);
});

test("requests follow one another with a rest between", async () => {
  await network.close();
  network = openNetwork({ spacingMs: 120 });
  hub.plays((_, response) => response.end("[]"));
  for (const day of ["2025-12-09", "2025-12-10", "2025-12-11"]) await ask({ kind: "day", period: day });
  const gaps = hub.asked.slice(1).map(({ at }, index) => at - (hub.asked[index]?.at ?? 0));
  for (const gap of gaps) expect(gap).toBeGreaterThan(110);
});

test("a later page that fails leaves what came, and says so", async () => {
  hub.plays((url, response) => {
    if (url.searchParams.has("p")) response.writeHead(400).end();
    else response.end(JSON.stringify(entries(1, 100)));
  });
  const { listing, problems, partial } = await ask();
  expect([listing.entries.length, partial]).toEqual([100, true]);
  expect(problems[0]).toMatch(
    /p=1: expected a listing, got 400 Bad Request; only the first 100 entries were read$/,
  );
});

test("a day without papers leads elsewhere, which is told and not taken for that day", async () => {
  hub.plays((url, response) => {
    if (url.searchParams.get("date") === "2025-12-13")
      response.writeHead(302, { Location: "/api/daily_papers?date=2025-12-12&limit=100" }).end();
    else response.end(JSON.stringify(entries(1, 3, "2025-12-12")));
  });
  const { listing, problems } = await ask({ kind: "day", period: "2025-12-13" });
  expect(listing).toMatchObject({ kind: "day", period: "2025-12-13", entries: [] });
  expect(problems).toEqual([
    expect.stringMatching(/date=2025-12-13.*: no papers there, it leads on to .*2025-12-12/),
  ]);
});

test("a page to log in, a circle and a body that is not what it says are no days without papers", async () => {
  hub.plays((url, response) => {
    if (url.pathname === "/login") response.end("<html>Log in");
    else response.writeHead(302, { Location: "/login" }).end();
  });
  await expect(ask()).rejects.toThrow("no format knows this");
  hub.plays((url, response) => response.writeHead(302, { Location: url.pathname + url.search }).end());
  await expect(ask()).rejects.toThrow("it leads in a circle");
  hub.plays((_, response) => response.writeHead(200, { "Content-Encoding": "gzip" }).end("not gzip"));
  await expect(ask()).rejects.toThrow(
    "expected an answer, got none that can be read (incorrect header check)",
  );
});

test("a server that gives another day unasked has its answer filed under that day", async () => {
  hub.plays((_, response) => response.end(JSON.stringify(entries(1, 3, "2025-12-12"))));
  expect((await ask({ kind: "day", period: "2025-12-13" })).listing.period).toBe("2025-12-12");
});

test("where the API is gone the page is read", async () => {
  const props = JSON.stringify({ dailyPapers: entries(1, 2), periodType: "day", dateString: "2025-12-11" });
  hub.plays((url, response) => {
    if (url.pathname.startsWith("/api")) response.writeHead(404).end();
    else
      response.end(
        `<html><body class="DailyPapersPage"><div data-target="DailyPapers" data-props="${props.replaceAll('"', "&quot;")}"></div>`,
      );
  });
  const { listing, problems } = await ask();
  expect(listing).toMatchObject({ format: "hf-page", period: "2025-12-11" });
  expect(listing.entries).toHaveLength(2);
  expect(problems[0]).toMatch(/got 404 Not Found; read its page$/);
});

test("the latest day is the greatest that the entries name", async () => {
  hub.plays((_, response) =>
    response.end(JSON.stringify([...entries(1, 2, "2025-12-10"), ...entries(5, 2, "2025-12-11")])),
  );
  expect(await findLatestDay(network, hub.url())).toBe("2025-12-11");
  hub.plays((_, response) => response.end("[]"));
  await expect(findLatestDay(network, hub.url())).rejects.toThrow(
    "expected entries that name their day, got none",
  );
});

test("429 with a short rest is asked again after it, with a long one not at all", async () => {
  let rest = "1";
  hub.plays((_, response) => {
    if (hub.asked.length > 1) response.end(JSON.stringify(entries(1, 2)));
    else response.writeHead(429, { "Retry-After": rest }).end();
  });
  expect((await ask()).listing.entries).toHaveLength(2);
  const [first, second] = hub.asked;
  expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThan(990);

  hub.asked.length = 0;
  rest = "600";
  const refused = await ask().catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(FetchError);
  expect(refused).toMatchObject({
    status: 429,
    message: "expected a listing, got 429, too many requests; it asks to be left alone for 600 s",
  });
  expect(hub.asked).toHaveLength(1);
});

test("a 500 is asked once more, then told", async () => {
  hub.plays((_, response) => response.writeHead(500).end("<html>oh dear"));
  await expect(ask()).rejects.toThrow(/^expected a listing, got 500 Internal Server Error$/);
  expect(hub.asked).toHaveLength(2);
});

test("a server that hangs, before or within its answer, is left when its time is up", async () => {
  hub.plays(() => {});
  await expect(ask()).rejects.toThrow("expected an answer within 1.5 s, got none");
  hub.plays((_, response) => response.write("["));
  await expect(ask()).rejects.toThrow("expected an answer within 1.5 s, got none");
});

test("a connection that is cut within the answer", async () => {
  hub.plays((_, response) => {
    response.writeHead(200, { "Content-Length": 1000 }).write("[");
    setTimeout(() => response.destroy(), 20);
  });
  await expect(ask()).rejects.toThrow("the connection was cut");
});

test("an answer of 2 GB is left at its bound, not kept", async () => {
  let sent = 0;
  hub.plays((_, response) => {
    const some = Buffer.alloc(1024 * 1024, " ");
    const more = () => {
      while (sent < 2048 && response.write(some)) sent++;
      if (sent >= 2048) response.end();
    };
    response.on("drain", more);
    more();
  });
  await network.close();
  network = openNetwork({ timeoutMs: 20_000 });
  await expect(ask()).rejects.toThrow("expected at most 64 MB, got more");
  expect(sent).toBeLessThan(200);
});

test("HTML that is no listing, and JSON that is none", async () => {
  hub.plays((_, response) => response.end("<html><body>We will be back soon"));
  await expect(ask()).rejects.toThrow("no format knows this");
  hub.plays((_, response) => response.end('{"error":"no"}'));
  await expect(ask()).rejects.toThrow("no format knows this");
});

test("nobody there", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // it listens at a port
  await new Promise((resolve) => server.close(resolve));
  await expect(network.get(`http://127.0.0.1:${port}/`)).rejects.toThrow("nobody answers there");
});

test("a proxy that the environment names is gone through, but for hosts that it leaves out", async () => {
  vi.stubEnv("HTTPS_PROXY", hub.url());
  vi.stubEnv("HTTP_PROXY", hub.url());
  vi.stubEnv("NO_PROXY", "127.0.0.1");
  hub.plays((_, response) => response.end("direct"));
  const proxied = openNetwork();
  await expect(proxied.get("https://hub.example/papers")).rejects.toThrow(FetchError);
  expect(hub.tunnels).toContain("hub.example:443");
  expect((await proxied.get(hub.url())).body.toString()).toBe("direct");
  await proxied.close();
  vi.stubEnv("HTTPS_PROXY", "not an address");
  expect(() => openNetwork()).toThrow('HTTPS_PROXY: expected the address of a proxy, got "not an address"');
});
