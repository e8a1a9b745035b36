import { expect, test } from "./test";

test("health tells how many papers there are and the latest edition", async ({ request }) => {
  const answer = await request.get("/api/health");
  expect(await answer.json()).toEqual({ status: "ok", papers: 54, latestEdition: "2025-12-11" });
});

test("papers by words, day, range, order and page", async ({ request }) => {
  const ask = async (query: string) => (await request.get(`/api/v1/papers?${query}`)).json();
  expect(await ask("q=kitchens&limit=1")).toEqual({
    total: 1,
    totalIsExact: true,
    page: 1,
    limit: 1,
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
  [`q=${"x".repeat(10_000)}`, "q"],
] as const) {
  test(`${query.slice(0, 20)} is refused with its field`, async ({ request }) => {
    const answer = await request.get(`/api/v1/papers?${query}`);
    expect(answer.status()).toBe(400);
    expect(await answer.json()).toEqual({
      error: expect.stringMatching(new RegExp(`^${field}: expected`)),
      field,
    });
  });
}

test("an unknown paper is 404 with an error, markup is escaped in highlights", async ({ request }) => {
  const unknown = await request.get("/api/v1/papers/nothing");
  expect([unknown.status(), await unknown.json()]).toEqual([404, { error: 'No paper "nothing" is here.' }]);
  const found = await (await request.get("/api/v1/papers?q=bold")).json();
  expect(found.papers[0].highlights.title).toBe("A &lt;b&gt;<mark>Bold</mark>&lt;/b&gt; Title &amp; $x^2$");
});
