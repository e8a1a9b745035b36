import { expect, test } from "./test";

test("/api/health returns the number of papers and the latest edition", async ({ request }) => {
  const answer = await request.get("/api/health");
  expect(await answer.json()).toEqual({ status: "ok", papers: 54, latestEdition: "2025-12-11" });
});

test("the API finds papers by words, day and date range, and returns them sorted and in pages", async ({
  request,
}) => {
  const ask = async (query: string) => (await request.get(`/api/v1/papers?${query}`)).json();
  expect(await ask("q=kitchens&limit=1")).toEqual({
    total: 1,
    totalIsExact: true,
    page: 1,
    limit: 1,
    understood: "Papers: kitchens; best match first.",
    notes: [],
    correction: null,
    papers: [
      {
        id: "2512.90001",
        arxivId: "2512.90001",
        title: "Weight Sharing Among Kitchens",
        abstract: expect.stringContaining("small kitchens"),
        authors: ["Ada Lark", "Bo Finch", "Cy Wren", "Di Swift"],
        authorCount: 4,
        publishedOn: "2025-12-08",
        listedOn: "2025-12-10",
        upvotes: 74,
        commentCount: 1,
        tags: [
          { name: "weight sharing", source: "hub" },
          { name: "kitchen", source: "hub" },
        ],
        submittedBy: { name: "ada", fullName: "Ada L." },
        organization: { name: "acme", fullName: "Acme Kitchens" },
        code: { url: "https://github.com/example/kitchens", stars: 3290 },
        projectPage: "http://example.org/kitchens",
        summary: { text: "Kitchens share tools.", source: "hub" },
        withdrawn: null,
        bookmarked: false,
        highlights: {
          title: "Weight Sharing Among <mark>Kitchens</mark>",
          abstract: expect.stringContaining("small <mark>kitchens</mark>"),
        },
      },
    ],
  });
  const ids = async (query: string) => (await ask(query)).papers.map((paper: { id: string }) => paper.id);
  expect(await ids("day=2025-12-10")).toEqual(["2512.90001", "2512.90002", "cs/0512003"]);
  expect(await ids("from=2025-12-10&to=2025-12-10&sort=upvotes&limit=1")).toEqual(["2512.90001"]);
  expect((await ask("day=2025-12-09&limit=20&page=3")).papers).toHaveLength(5);
  const [first] = (await ask("day=2025-12-11")).papers;
  expect(first.highlights).toBeNull();
});

for (const [query, field] of [
  ["page=-1", "page"],
  ["limit=101", "limit"],
  ["from=2025-02-30", "from"],
  ["day=yesterday", "day"],
  ["sort=best", "sort"],
  ["week=2025-W54", "week"],
  ["minAuthors=-1", "minAuthors"],
  ["bookmarked=maybe", "bookmarked"],
  ["facets=tag,colour", "facets"],
  [`q=${"x".repeat(10_000)}`, "q"],
] as const) {
  test(`the API rejects ${query.slice(0, 20)} and names the field`, async ({ request }) => {
    const answer = await request.get(`/api/v1/papers?${query}`);
    expect(answer.status()).toBe(400);
    expect(await answer.json()).toEqual({
      error: expect.stringMatching(new RegExp(`^${field}: expected`)),
      field,
    });
  });
}

test("the API finds papers by tag, week, month and author count, and counts the papers of each tag and month", async ({
  request,
}) => {
  const ask = async (query: string) => (await request.get(`/api/v1/papers?${query}`)).json();
  const ids = async (query: string) => (await ask(query)).papers.map((paper: { id: string }) => paper.id);
  expect(await ids("tag=kitchen")).toEqual(["2512.90001"]);
  expect(await ids("tag=Kitchens")).toEqual(["2512.90001"]); // in any spelling
  expect(await ids("tag=kitchen&tag=weight+sharing")).toEqual(["2512.90001"]); // both
  expect(await ids("tag=kitchen&tag=nothing")).toEqual([]);
  expect(await ids("q=title:kitchens+OR+zebra")).toEqual(await ids("q=title:kitchens"));
  expect(await ids("tag=../../etc/passwd")).toEqual([]);
  expect((await ask("week=2025-W50")).total).toBe(54);
  expect((await ask("week=2025-W51")).total).toBe(0);
  expect((await ask("month=2025-12&q=kitchens")).total).toBe(1);
  expect(await ids("minAuthors=59")).toEqual(["2512.90002"]);
  expect((await ask("maxAuthors=60&minAuthors=0")).total).toBeLessThan(54); // unknown counts do not match
  const tagged = await ask("q=weight&facets=tag");
  expect(tagged.facets.tag[0]).toEqual({
    value: "moderately interesting thing",
    condition: 'tag:"moderately interesting thing"',
    count: 45,
  });
  expect(tagged.facetsAreExact).toBe(true);
  const { facets } = await ask("q=kitchens&facets=tag,month");
  expect(facets).toEqual({
    tag: [], // a tag of one paper alone narrows nothing
    month: [{ value: "2025-12", condition: "date:2025-12", count: 1 }],
  });
  expect(await ask("q=kitchens&facets=tag&tag=nothing")).toMatchObject({
    total: 0,
    facets: { tag: [] },
  });
});

test("a page links to an Atom feed of the same papers, which can be cached and revalidated", async ({
  page,
  request,
}) => {
  await page.goto("/papers?q=weight+sharing");
  const link = page.locator('link[rel="alternate"][type="application/atom+xml"]');
  const address = (await link.getAttribute("href")) ?? "";
  expect(new URL(address, page.url()).search).toBe("?q=weight+sharing");
  const answer = await request.get(address);
  expect(answer.headers()).toMatchObject({
    "content-type": "application/atom+xml; charset=utf-8",
    "cache-control": "public, max-age=900",
  });
  const { etag = "" } = answer.headers();
  expect((await request.get(address, { headers: { "If-None-Match": etag } })).status()).toBe(304);
  // Chromium's XML parser accepts only what is well formed.
  const feed = await page.evaluate(
    (xml) => {
      const document = new DOMParser().parseFromString(xml, "application/xml");
      const text = (path: string) => [...document.querySelectorAll(path)].map((node) => node.textContent);
      return {
        root: document.documentElement.nodeName,
        title: text("feed > title"),
        self: document.querySelector('link[rel="self"]')?.getAttribute("href"),
        ids: text("entry > id"),
        titles: text("entry > title"),
        dates: text("entry > published"),
        authors: text("entry > author > name"),
      };
    },
    await answer.text(),
  );
  const found = await (await request.get("/api/v1/papers?q=weight+sharing&sort=newest")).json();
  expect(feed).toEqual({
    root: "feed",
    title: ["Broadsheet: weight sharing"],
    self: new URL(address, page.url()).href,
    ids: found.papers.map((paper: { id: string }) => `tag:broadsheet.invalid,2023-05-04:paper/${paper.id}`),
    titles: found.papers.map((paper: { title: string }) => paper.title),
    dates: found.papers.map((paper: { listedOn: string }) => `${paper.listedOn}T00:00:00Z`),
    authors: found.papers.flatMap((paper: { authors: string[] }) => paper.authors),
  });
  expect((await request.get("/feeds/atom.xml?q=zebra")).status()).toBe(200);
  expect((await request.get("/feeds/atom.xml?from=yesterday")).status()).toBe(400);
});

test("the API finds a tag in any capitalization", async ({ request }) => {
  const { papers } = await (await request.get("/api/v1/papers?tag=Weight%20Sharing&limit=1")).json();
  expect(papers).toHaveLength(1);
});

test("the API answers 404 for an unknown paper, and escapes markup in highlights", async ({ request }) => {
  const unknown = await request.get("/api/v1/papers/nothing");
  expect([unknown.status(), await unknown.json()]).toEqual([404, { error: 'Paper "nothing" not found.' }]);
  const found = await (await request.get("/api/v1/papers?q=bold")).json();
  expect(found.papers[0].highlights.title).toBe("A &lt;b&gt;<mark>Bold</mark>&lt;/b&gt; Title &amp; $x^2$");
});

test("robots.txt and a meta tag keep search engines out", async ({ request, page }) => {
  const answer = await request.get("/robots.txt");
  expect([answer.status(), await answer.text()]).toEqual([200, "User-agent: *\nDisallow: /\n"]);
  await page.goto("/");
  await expect(page.locator("meta[name=robots]")).toHaveAttribute("content", "noindex");
});
