import { afterEach, beforeEach, expect, test } from "vitest";
import { askHub, findLatestDay, hubAddresses } from "@/lib/imports/hub";
import { parseListing } from "@/lib/listings/parse";
import { readBody } from "@/lib/listings/read-source";
import { type Network, openNetwork } from "@/lib/net/fetch";
import type { Validator, Validators } from "@/lib/net/validators";
import { openFakeClock, openFakeHub } from "@/tests/hub";
import { hubAnswer } from "@/tests/hub-answer";
import { contextOf } from "@/tests/library";

const hub = openFakeHub();
let network: Network;
beforeEach(() => {
  network = openNetwork({ clock: openFakeClock(), trusted: [hub.url()] });
});
afterEach(() => network.close());

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
] as const)(
  "%j has its own addresses, and its answer gets the kind and period of the request",
  async (request, api, page) => {
    expect(hubAddresses("https://hub.example", request)).toEqual({
      api: `https://hub.example${api}`,
      page: `https://hub.example${page}`,
    });
    hub.answers((_, response) => response.end(hubAnswer([{ id: "2512.00001" }])));
    const { listing } = await ask(request);
    expect(listing).toMatchObject({ format: "hf-api", kind: request.kind, period: request.period });
    expect(hub.requests.map(({ path }) => path)).toEqual([api]);
  },
);

test("a day that fits on one page takes one request", async () => {
  hub.answers((_, response) => response.end(JSON.stringify(entries(1, 14))));
  const { listing, problems } = await ask();
  expect([listing.entries.length, listing.period, problems]).toEqual([14, "2025-12-11", []]);
});

test("a day in pages of 50 is read by Link header and page number until nothing new comes", async () => {
  hub.answers((url, response) => {
    const page = Number(url.searchParams.get("p") ?? 0);
    if (page === 0) response.setHeader("Link", `<${url.pathname}${url.search}&p=1>; rel="next"`);
    const count = [50, 50, 17][page] ?? 0;
    response.end(JSON.stringify(entries(page * 50, count)));
  });
  const { listing } = await ask();
  expect(listing.entries).toHaveLength(117);
  expect(hub.requests.map(({ path }) => path.slice(28))).toEqual(
    ["11&limit=100", "11&limit=100&p=1", "11&limit=100&p=2"].map(
      (rest) => `${"/api/daily_papers?date=2025-12-".slice(28)}${rest}`,
    ),
  );
});

test("a server that ignores page numbers and repeats its answer is asked only once more", async () => {
  hub.answers((_, response) => response.end(JSON.stringify(entries(1, 50))));
  expect((await ask()).listing.entries).toHaveLength(50);
  expect(hub.requests).toHaveLength(2);
});

test("if a later page fails, the entries before it are used and the problem is reported", async () => {
  hub.answers((url, response) => {
    if (url.searchParams.has("p")) response.writeHead(400).end();
    else response.end(JSON.stringify(entries(1, 100)));
  });
  const { listing, problems, partial } = await ask();
  expect([listing.entries.length, partial]).toEqual([100, true]);
  expect(problems[0]).toMatch(
    /p=1: expected a listing, got 400 Bad Request; only the first 100 entries were read$/,
  );
});

test("if a day redirects to another day, it has no entries and the redirect is reported", async () => {
  hub.answers((url, response) => {
    if (url.searchParams.get("date") === "2025-12-13")
      response.writeHead(302, { Location: "/api/daily_papers?date=2025-12-12&limit=100" }).end();
    else response.end(JSON.stringify(entries(1, 3, "2025-12-12")));
  });
  const { listing, problems } = await ask({ kind: "day", period: "2025-12-13" });
  expect(listing).toMatchObject({ kind: "day", period: "2025-12-13", entries: [] });
  expect(problems).toEqual([
    expect.stringMatching(/date=2025-12-13.*: no papers there, it redirects to .*2025-12-12/),
  ]);
});

test("a login page, a redirect loop and a wrongly encoded body are errors, not days without papers", async () => {
  hub.answers((url, response) => {
    if (url.pathname === "/login") response.end("<html>Log in");
    else if (url.pathname.startsWith("/api") && apiIsGone) response.writeHead(404).end();
    else response.writeHead(302, { Location: "/login" }).end();
  });
  let apiIsGone = false;
  await expect(ask()).rejects.toThrow(/^expected JSON, got HTML: it redirects to http:.*\/login$/);
  apiIsGone = true;
  await expect(ask()).rejects.toThrow(/got 404 Not Found; its page redirects to http:.*\/login$/);
  hub.answers((url, response) => response.writeHead(302, { Location: url.pathname + url.search }).end());
  await expect(ask()).rejects.toThrow("it redirects in a circle");
  hub.answers((_, response) => response.writeHead(200, { "Content-Encoding": "gzip" }).end("not gzip"));
  await expect(ask()).rejects.toThrow("expected an answer, got an unreadable one (incorrect header check)");
});

test("a wrong charset never garbles names: the text is decoded correctly or refused", async () => {
  const body = hubAnswer([{ id: "2512.00001", authors: ["Jürgen Müller"] }]);
  let bytes = Buffer.from(body);
  hub.answers((_, response) =>
    response.writeHead(200, { "Content-Type": "application/json; charset=iso-8859-1" }).end(bytes),
  );
  expect((await ask()).listing.entries[0]?.paper.authors).toEqual(["Jürgen Müller"]);
  bytes = Buffer.from(body, "latin1");
  expect((await ask()).listing.entries[0]?.paper.authors).toEqual(["Jürgen Müller"]);
  hub.answers((_, response) => response.end(bytes));
  await expect(ask()).rejects.toThrow("expected text in utf-8, got other bytes");
});

test("if the API is gone, the web page is read", async () => {
  const props = JSON.stringify({ dailyPapers: entries(1, 2), periodType: "day", dateString: "2025-12-11" });
  hub.answers((url, response) => {
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

test("if the API redirects to the web page of the same list, that page is read", async () => {
  const props = JSON.stringify({ dailyPapers: entries(1, 2), periodType: "day", dateString: "2025-12-11" });
  hub.answers((url, response) => {
    if (url.pathname.startsWith("/api"))
      response.writeHead(302, { Location: "/papers/date/2025-12-11" }).end();
    else
      response.end(
        `<html><body class="DailyPapersPage"><div data-target="DailyPapers" data-props="${props.replaceAll('"', "&quot;")}"></div>`,
      );
  });
  expect((await ask()).listing).toMatchObject({ format: "hf-page", period: "2025-12-11" });
});

test("the latest day is the latest that any entry names", async () => {
  hub.answers((_, response) =>
    response.end(JSON.stringify([...entries(1, 2, "2025-12-10"), ...entries(5, 2, "2025-12-11")])),
  );
  expect(await findLatestDay(network, hub.url())).toBe("2025-12-11");
  hub.answers((_, response) => response.end("[]"));
  await expect(findLatestDay(network, hub.url())).rejects.toThrow(
    "expected entries that name their day, got none",
  );
});

test("HTML and JSON that are not listings are refused", async () => {
  hub.answers((_, response) => response.end("<html><body>We will be back soon"));
  await expect(ask()).rejects.toThrow(/^expected JSON, got HTML$/);
  hub.answers((_, response) => response.end('{"error":"no"}'));
  await expect(ask()).rejects.toThrow("no format recognizes this");
});

/** Serves a list in pages of a hundred, each cut from the list as it is at the time of the request. */
const serveList = (list: () => unknown[], before: (page: number) => void = () => {}) =>
  hub.answers((url, response) => {
    const page = Number(url.searchParams.get("p") ?? 0);
    before(page);
    response.end(JSON.stringify(list().slice(page * 100, page * 100 + 100)));
  });
const idsOf = ({ entries }: { entries: { paper: { arxivId: string | null } }[] }) =>
  entries.map(({ paper }) => paper.arxivId).sort();

test("a list whose Link header leads to itself is requested once, and its other pages by number", async () => {
  hub.answers((url, response) => {
    response.setHeader("Link", `<${url.pathname}${url.search}>; rel="next"`);
    const page = Number(url.searchParams.get("p") ?? 0);
    response.end(JSON.stringify(entries(page * 100, page === 0 ? 100 : 7)));
  });
  expect((await ask()).listing.entries).toHaveLength(107);
  hub.requests.length = 0;
  hub.answers((url, response) => {
    response.setHeader("Link", `<${url.pathname}${url.search}>; rel="next"`);
    response.end(JSON.stringify(entries(1, 14)));
  });
  expect((await ask()).listing.entries).toHaveLength(14);
  expect(hub.requests).toHaveLength(1);
});

test("an endless list is cut off after 20 pages, and that is reported", async () => {
  hub.answers((url, response) => {
    const page = Number(url.searchParams.get("p") ?? 0);
    response.end(JSON.stringify(entries(page * 100, 100)));
  });
  const { problems, partial } = await ask();
  expect([hub.requests.length, partial]).toEqual([20, true]);
  expect(problems[0]).toMatch(/it has more than 20 pages; only the first 2000 entries were read$/);
});

test("a later page that is not a list is reported", async () => {
  hub.answers((url, response) =>
    response.end(url.searchParams.has("p") ? "<html>We will be back" : JSON.stringify(entries(1, 100))),
  );
  const { problems, partial } = await ask();
  expect([problems[0], partial]).toEqual([
    expect.stringMatching(/p=1: expected entries, got none; only the first 100 entries were read$/),
    true,
  ]);
});

test("a day that grows while it is read has each entry once", async () => {
  let list = entries(10, 230);
  serveList(
    () => list,
    (page) => {
      if (page === 1 && list.length === 230) list = [...entries(1, 3), ...list];
    },
  );
  const { listing, problems } = await ask();
  expect([listing.entries.length, problems]).toEqual([233, []]);
  expect(idsOf(listing)).toEqual(list.map(({ paper }: { paper: { id: string } }) => paper.id).sort());
});

test("an entry that moves to an earlier page between two requests is not lost", async () => {
  const list = entries(0, 150);
  serveList(
    () => list,
    (page) => {
      if (page === 1) list.splice(5, 0, ...list.splice(120, 1));
    },
  );
  const { listing, problems } = await ask();
  expect([listing.entries.length, problems]).toEqual([150, []]);
});

test("a list that changes during each of three attempts is reported as possibly incomplete", async () => {
  let list = entries(5000, 130);
  serveList(
    () => list,
    (page) => {
      if (page === 1) list = [...entries(5000 - list.length, 1), ...list];
    },
  );
  const { problems, partial } = await ask();
  expect([hub.requests.length, partial]).toEqual([6, true]);
  expect(problems[0]).toMatch(/it changed while it was read; an entry may be missing$/);
});

function openValidators(): Validators & { known: Map<string, Validator> } {
  const known = new Map<string, Validator>();
  return {
    known,
    get: async (url) => known.get(url),
    set: async (url, validator) => {
      known.set(url, validator);
    },
  };
}

test("once a list is saved, the next request only asks whether it has changed", async () => {
  const validators = openValidators();
  const stamps = { ETag: 'W/"1"', "Last-Modified": "Thu, 11 Dec 2025 08:00:00 GMT" };
  hub.answers((_, response, { headers }) => {
    if (headers["if-none-match"] === stamps.ETag) response.writeHead(304).end();
    else response.writeHead(200, stamps).end(JSON.stringify(entries(1, 14)));
  });
  const first = await askHub(network, hub.url(), dayRequest, validators);
  if ("notModified" in first) throw new Error("expected a list");
  expect(validators.known.size).toBe(0);
  expect(await askHub(network, hub.url(), dayRequest, validators)).not.toHaveProperty("notModified");
  await first.remember();
  expect(await askHub(network, hub.url(), dayRequest, validators)).toEqual({ notModified: true });
  expect(hub.requests.at(-1)?.headers).toMatchObject({
    "if-none-match": stamps.ETag,
    "if-modified-since": stamps["Last-Modified"],
  });
  expect(await askHub(network, hub.url(), dayRequest)).not.toHaveProperty("notModified");
});

test("a list of several pages and one that redirects elsewhere are always requested in full", async () => {
  const validators = openValidators();
  hub.answers((url, response) => {
    const page = Number(url.searchParams.get("p") ?? 0);
    response.writeHead(200, { ETag: '"1"' }).end(JSON.stringify(entries(page * 100, page === 0 ? 100 : 1)));
  });
  const long = await askHub(network, hub.url(), dayRequest, validators);
  hub.answers((url, response) => {
    if (url.searchParams.get("date") === "2025-12-11")
      response.writeHead(302, { Location: "/api/daily_papers?date=2025-12-10&limit=100", ETag: '"1"' }).end();
    else response.writeHead(200, { ETag: '"1"' }).end(JSON.stringify(entries(1, 3, "2025-12-10")));
  });
  const elsewhere = await askHub(network, hub.url(), dayRequest, validators);
  for (const answer of [long, elsewhere]) if ("remember" in answer) await answer.remember();
  expect(validators.known.size).toBe(0);
});
