import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { arxivIdAt, arxivIdOf, toArxivId } from "@/lib/arxiv-id";
import { splitNames } from "@/lib/listings/formats/arxiv-entries";
import { parseListing } from "@/lib/listings/parse";
import { contextOf } from "@/tests/library";

const fixture = (name: string) => readFileSync(path.resolve("tests/fixtures/arxiv", name), "utf8");
const parse = (body: string, context = {}) => {
  const listing = parseListing(body, contextOf(context));
  return { ...listing, papers: listing.entries.map(({ paper }) => paper) };
};
const reasonsOf = (body: string) => parse(body).rejections.map(({ entry, reason }) => `${entry}: ${reason}`);

describe("arxiv-atom", () => {
  test("an API answer has no day; ids lose their versions, and categories become tags, the primary one first", () => {
    const listing = parse(fixture("api.xml"));
    expect(listing).toMatchObject({ format: "arxiv-atom", kind: "search", period: null, listedOn: null });
    expect(listing.papers).toMatchObject([
      {
        arxivId: "2202.00081",
        title: "Tea at Altitude: Boiling, & After",
        abstract: "Water boils early on mountains, at most $90$ degrees α.\nTea suffers <strongly>.",
        authors: ["Ada Lowe", "José Bo"],
        authorCount: 2,
        publishedOn: "2022-02-24",
        listedOn: null,
        upvotes: null,
        tags: [
          { name: "cs.LG", source: "arxiv" },
          { name: "cs.SE", source: "arxiv" },
        ],
        withdrawn: null,
      },
      { arxivId: "quant-ph/0201099", title: "Old Teapots", withdrawn: true },
    ]);
    expect(reasonsOf(fixture("api.xml"))).toEqual([
      '3: expected a paper, got arXiv\'s error "incorrect id format for 1234"',
    ]);
  });

  test("a recorded answer, wrapped in JSON and decoded as Latin-1, gives the same listing", () => {
    expect(parse(fixture("api-recorded.json"))).toEqual(parse(fixture("api.xml")));
  });

  test("a recorded error response is refused with its status code", () => {
    const body = JSON.stringify({ url: "https://export.arxiv.org/api", status_code: 503, body: "busy" });
    expect(() => parse(body)).toThrow("arxiv-atom: expected the status 200 at status_code, got 503");
  });

  test("an answer without entries is an empty listing", () => {
    const body = fixture("api.xml").replace(/<entry>[\s\S]*<\/entry>/, "");
    expect(parse(body)).toMatchObject({ kind: "search", entries: [], rejections: [] });
  });

  test("an announcement belongs to its day and has no publication dates", () => {
    const listing = parse(fixture("news-atom.xml"));
    expect(listing).toMatchObject({ kind: "day", period: "2025-08-20", listedOnInferred: false });
    expect(listing.papers).toMatchObject([
      {
        arxivId: "2508.00091",
        abstract: "Knots are tied by everyone.",
        authors: ["Ada Lowe", "Bo Kay, Jr.", "Cy Dee"],
        publishedOn: null,
        listedOn: "2025-08-20",
      },
    ]);
    expect(listing.entries[0]?.source).toMatchObject({ announced: "cross" });
  });
});

describe("arxiv-rss", () => {
  test("an announcement has the day that its feed states, and abstracts lose arXiv's prefix and all text before it", () => {
    const listing = parse(fixture("news-rss.xml"));
    expect(listing).toMatchObject({ format: "arxiv-rss", kind: "day", listedOn: "2026-07-29" });
    expect(listing.papers.map(({ arxivId, title, abstract }) => [arxivId, title, abstract])).toEqual([
      ["2607.00011", "Lamps & Shades", "Shades dim lamps."],
      ["2607.00012", "Candles & Wicks", "Wicks burn </item> quickly."],
      ["2607.00013", "Torches", "No prefix at all."],
    ]);
    expect(reasonsOf(fixture("news-rss.xml"))).toEqual([
      '4: expected a title that is not empty at title, got ""',
    ]);
  });

  test("a weekend feed is a listing without entries", () => {
    expect(parse(fixture("news-empty.xml"))).toMatchObject({
      kind: "day",
      period: "2026-07-29",
      entries: [],
      rejections: [],
    });
  });

  test.each([
    [
      "</title>\n      <link>https://arxiv.org/abs/2607.00011",
      "\n<link>",
      "1: expected </title>, got the entry's end",
    ],
    ["Shades dim lamps.", "Shades <dim> lamps.", "1: expected text in <description>, got markup"],
    ["    </item>\n", "", "1: expected </item>, got another <item>"],
    ["2607.00011v1</guid>", "</guid>", null],
    ["https://arxiv.org/abs/2607.00013", "https://example.org/tea", null],
  ])("damage affects at most one entry: %j", (whole, damaged, reason) => {
    const body = fixture("news-rss.xml").replace(whole, damaged);
    expect(body).not.toBe(fixture("news-rss.xml"));
    expect(reasonsOf(body).filter((rejection) => !rejection.startsWith("4:"))).toEqual(
      reason ? [reason] : [],
    );
  });

  test("a feed that breaks off keeps its whole entries and reports the break", () => {
    const body = fixture("news-rss.xml");
    const within = body.slice(0, body.indexOf("Torches"));
    expect(parse(within).papers).toHaveLength(2);
    expect(reasonsOf(within)).toEqual(["3: expected </item>, got the body's end"]);
    const between = body.slice(0, body.indexOf("</item>") + 8);
    expect(parse(between).papers).toHaveLength(1);
    expect(reasonsOf(between)).toEqual(["2: expected </rss>, got the body's end"]);
  });
});

describe("arxiv-html", () => {
  test("a page of new submissions is the listing of its day", () => {
    const listing = parse(fixture("list-new.html"));
    expect(listing).toMatchObject({
      format: "arxiv-html",
      kind: "day",
      listedOn: "2026-06-26",
      rejections: [],
    });
    expect(listing.papers).toMatchObject([
      {
        arxivId: "2606.00021",
        title: "Gates and Their Keepers",
        abstract: "Gates are kept & opened. At dusk they close.",
        authors: ["Ada Lowe", "Bo Kay"],
        publishedOn: null,
        listedOn: "2026-06-26",
        tags: [{ name: "cs.LG" }, { name: "cs.AI" }],
        withdrawn: null,
      },
      { arxivId: "2401.00022", withdrawn: true },
    ]);
  });

  test("on a page of recent submissions each paper has its own day", () => {
    const listing = parse(fixture("list-recent.html"));
    expect(listing).toMatchObject({ kind: "search", period: null, listedOn: null });
    expect(listing.papers.map(({ arxivId, listedOn, abstract }) => [arxivId, listedOn, abstract])).toEqual([
      ["2606.00031", "2026-06-26", null],
      ["2606.00032", "2026-06-25", null],
    ]);
  });

  test("a search page gives whole abstracts, dates of first versions and old ids", () => {
    const listing = parse(fixture("search.html"));
    expect(listing).toMatchObject({ kind: "search", listedOn: null, rejections: [] });
    expect(listing.papers).toMatchObject([
      {
        arxivId: "2512.00041",
        title: "Slow Systems at Rest",
        abstract: "Slow systems rest. For $p < q$ they sleep.",
        authors: ["Ada Lowe", "Bo Kay"],
        publishedOn: "2025-12-02",
        tags: [{ name: "cs.LG" }, { name: "cs.AI" }],
      },
      { arxivId: "cs/0501040", publishedOn: "2005-01-03", withdrawn: true },
    ]);
  });

  test("a page that breaks off keeps its whole entries", () => {
    const body = fixture("search.html");
    const cut = body.slice(0, body.indexOf("Beds are made"));
    expect(parse(cut).papers).toHaveLength(1);
    expect(reasonsOf(cut)).toEqual([
      "2: expected </html>, got a page that breaks off in this entry or after it",
    ]);
  });

  test("any other HTML page is not a listing", () => {
    expect(() => parse("<html><body>arXiv is nice</body></html>")).toThrow("no format recognizes this");
  });
});

test.each([
  ["http://arxiv.org/abs/cs/0601001v2", "cs/0601001"],
  ["https://arxiv.org/abs/math.AG/0601001", "math/0601001"],
  ["https://arxiv.org/pdf/2508.04581v3.pdf", "2508.04581"],
  ["oai:arXiv.org:oai:arXiv.org:2505.17040v1", "2505.17040"],
  ["/papers/2508.04581#community", "2508.04581"],
  ["2508.04581", "2508.04581"],
  ["https://example.org/2508.045811", null],
  ["https://arxiv.org/list/cs.CL/new", null],
  ["", null],
])("the arXiv id at the end of %j is %s", (name, id) => {
  expect(arxivIdAt(name)).toBe(id);
});

test.each([
  ["2512.08560", "2512.08560"],
  [" arXiv:2512.08560v2 ", "2512.08560"],
  ["arxiv 2512.08560", "2512.08560"],
  ["(2512.08560).", "2512.08560"],
  ["<https://arxiv.org/abs/cs/0601001v2>", "cs/0601001"],
  ["arXiv:math.AG/0601001v2", "math/0601001"],
  ["https://doi.org/10.48550/arXiv.2512.08560", "2512.08560"],
  ["10.48550/arxiv.2512.08560", "2512.08560"],
  ["https://huggingface.co/papers/2512.08560", "2512.08560"],
  ["https://arxiv.org/html/2512.08560v1/", "2512.08560"],
  ["https://arxiv.org/pdf/2512.08560v1.pdf", "2512.08560"],
  ["https://ar5iv.labs.arxiv.org/html/2512.08560", "2512.08560"],
  ["https://papers.cool/arxiv/2512.08560", "2512.08560"],
  ["arXiv preprint arXiv:2512.08560", "2512.08560"],
  ["arXiv:2512.10430v1 [cs.CL] 11 Dec 2025", "2512.10430"],
  ["[2512.10430] A Title of a Page", "2512.10430"],
  ["“2512.10430”", "2512.10430"],
  ["doi:10.48550/arXiv.2512.10430", "2512.10430"],
  ["weights of 2512.08560", null],
  ["3141.59265", null],
  ["https://github.com/foo/2512.10430", null],
  ["https://example.org/item/1234567", null],
  ["item/1234567", null],
  ["GPT-4", null],
  ["-2512.08560", null],
  ["https://doi.org/10.1000/182", null],
])("the arXiv id in the typed text %j is %s", (text, id) => {
  expect(arxivIdOf(text)).toBe(id);
});

describe("feeds with other namespaces or prefixes", () => {
  const dialects: [string, (body: string) => string][] = [
    [
      "other prefixes",
      (body) =>
        body
          .replaceAll("dc:", "d:")
          .replaceAll(":dc=", ":d=")
          .replaceAll("arxiv:", "ax:")
          .replaceAll("xmlns:arxiv", "xmlns:ax"),
    ],
    ["single quotes", (body) => body.replace(/xmlns:(\w+)="([^"]*)"/g, "xmlns:$1='$2'")],
    [
      "namespaces with https or a slash",
      (body) =>
        body
          .replace("http://arxiv.org/schemas/atom", "https://arxiv.org/schemas/atom/")
          .replace("elements/1.1/", "elements/1.1"),
    ],
    [
      "namespaces declared on each element",
      (body) =>
        body
          .replace(/ xmlns:(dc|arxiv)="[^"]*"/g, "")
          .replaceAll("<dc:creator>", '<dc:creator xmlns:dc="http://purl.org/dc/elements/1.1/">')
          .replaceAll(
            "<arxiv:announce_type>",
            '<arxiv:announce_type xmlns:arxiv="http://arxiv.org/schemas/atom">',
          ),
    ],
  ];
  test.each(dialects)("%s: the papers are the same", (_, rewrite) => {
    for (const name of ["news-rss.xml", "news-atom.xml"]) {
      const body = fixture(name);
      expect(rewrite(body)).not.toBe(body);
      expect(parse(rewrite(body)), name).toEqual(parse(body));
    }
  });

  test("Atom elements may have a prefix", () => {
    for (const name of ["api.xml", "news-atom.xml"]) {
      const body = fixture(name);
      const prefixed = body
        .replace(/<(\/?)(?=[a-z]+[\s>/])/g, "<$1a:")
        .replace('xmlns="http://www.w3.org/2005/Atom"', 'xmlns:a="http://www.w3.org/2005/Atom"');
      expect(prefixed).toContain("<a:entry>");
      const read = parse(prefixed);
      expect({ ...read, rejections: [] }).toEqual({ ...parse(body), rejections: [] });
    }
  });

  test("an element of an unknown namespace is ignored", () => {
    const body = fixture("news-rss.xml")
      .replaceAll("<dc:creator>", "<x:creator>")
      .replaceAll("</dc:creator>", "</x:creator>")
      .replace("xmlns:dc", 'xmlns:x="http://example.org/x" xmlns:dc');
    expect(parse(body).papers[0]).toMatchObject({ authors: [], authorCount: null });
  });
});

describe("arXiv feeds from before 2024", () => {
  const expected = {
    arxivId: "2301.05291",
    title: "Kites in the Wind",
    abstract: "Kites rise where it blows. We measure how high, with strings.",
    authors: ["Ada Lowe", "Bo Kay"],
    authorCount: 2,
    listedOn: "2023-01-17",
    tags: [{ name: "cs.AI", source: "arxiv" }],
  };
  test("RSS 2.0: markup and ids are removed from the texts, and an evening announcement belongs to the next day", () => {
    const listing = parse(fixture("rss-2023.xml"));
    expect(listing).toMatchObject({ kind: "day", listedOn: "2023-01-17" });
    expect(listing.papers).toMatchObject([expected]);
  });

  test("RSS 1.0 (RDF) gives the same paper", () => {
    expect(parse(fixture("rdf-2023.xml")).papers).toMatchObject([expected]);
  });

  test("`(arXiv:… UPDATED)` is removed from a title, but not a question mark before it", () => {
    const body = fixture("rss-2023.xml").replace(
      ". (arXiv:2301.05291v1 [cs.AI])",
      "?. (arXiv:2301.05291v3 [cs.AI] UPDATED)",
    );
    expect(parse(body).papers[0]?.title).toBe("Kites in the Wind?");
  });
});

describe("author names on one line", () => {
  test.each([
    ["Ada Lowe (CNRS, LAMA), Bo Kay (MIT, Cambridge, USA), Cy Poe", ["Ada Lowe", "Bo Kay", "Cy Poe"]],
    ["Ada Lowe (1), Bo Kay (1 and 2) ((1) MIT, Cambridge, (2) ETH)", ["Ada Lowe", "Bo Kay"]],
    ["Xiao (Eric) Li, Bo Kay, Jr.", ["Xiao (Eric) Li", "Bo Kay, Jr."]],
    ["Ada Lowe,Bo Kay , ", ["Ada Lowe", "Bo Kay"]],
    ["Ada Lowe [1], Bo Kay$^{1,2}$ and Cy Poe", ["Ada Lowe", "Bo Kay", "Cy Poe"]],
    ["Ada Lowe, Bo Kay) , Cy Poe (MIT", ["Ada Lowe, Bo Kay) , Cy Poe (MIT"]],
    ["", []],
  ])("%s", (line, names) => {
    expect(splitNames(line)).toEqual(names);
  });

  test("unbalanced parentheses give a note and no authors, rather than wrong ones", () => {
    const body = fixture("news-rss.xml").replace("Ada Lowe, Bo Kay", "Ada Lowe (CNRS, LAMA, Bo Kay");
    const [entry] = parse(body).entries;
    expect(entry).toMatchObject({
      paper: { authors: [], authorCount: null },
      notes: [{ field: "authors", expected: "names", excerpt: "Ada Lowe (CNRS, LAMA, Bo Kay" }],
    });
  });
});

describe("a feed with dates only on its items", () => {
  const withoutDay = fixture("news-rss.xml").replace(/<pubDate>[^<]*<\/pubDate>/, "");
  test("belongs to the day of its items", () => {
    expect(parse(withoutDay)).toMatchObject({ kind: "day", listedOn: "2026-07-29" });
  });
  test("has no day if its items have several, and each paper has its own", () => {
    const body = withoutDay.replace("Wed, 29 Jul", "Tue, 28 Jul");
    const listing = parse(body);
    expect(listing).toMatchObject({ kind: "search", listedOn: null });
    expect(listing.papers.map((paper) => paper.listedOn)).toEqual(["2026-07-28", "2026-07-29", "2026-07-29"]);
  });
});

test.each([
  ["2508.04581", true],
  ["2508.04581v2", true],
  ["0704.0001", true],
  ["1412.9999", true],
  ["cs/0601001", true],
  ["math.AG/0601001", true],
  ["quant-ph/0201082v1", true],
  ["2503.0213", false],
  ["2513.12345", false],
  ["2500.12345", false],
  ["0703.0001", false],
  ["1501.0001", false],
  ["1412.00001", false],
  ["cs/0613001", false],
  ["hep-th/0703001", true],
  ["hep-th/0704001", false],
  ["lamps/0601001", false],
  ["2508.04581v0", false],
])("%s is an arXiv id: %s", (text, is) => {
  expect(toArxivId(text) !== null).toBe(is);
});
