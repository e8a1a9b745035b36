import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { parseText } from "@/lib/ingest/formats/text";
import { ingest } from "@/lib/ingest/ingest";
import { openFile } from "@/lib/ingest/read-source";
import { setBookmark } from "@/lib/library/bookmarks";
import { findEdition } from "@/lib/papers/editions";
import { filterState } from "@/lib/papers/filter";
import { findPaper } from "@/lib/papers/find";
import { listPapers } from "@/lib/papers/list";
import { contextOf, openTestLibrary, scrapeBody } from "./library";

const samples = process.env.SAMPLES ?? "";
const read = (name: string) => readFileSync(path.join(samples, "listings", name), "utf8");
const rendering = "text/hf-papers-dec-11.txt";

// Real listings, which are not ours to keep here: SAMPLES names the folder that has them.
describe.skipIf(!samples)("the real listings", () => {
  const { db } = openTestLibrary();

  test.each(["2025-12-31", "2027-01-01", "2031-06-15"])("the rendering, read on %s", (today) => {
    const body = read(rendering);
    const lines = body.split("\n");
    const papers =
      parseText(body, contextOf({ source: rendering, today }))?.entries.map((entry) => entry.paper) ?? [];
    expect(papers).toHaveLength(42);
    for (const { title, abstract } of papers)
      expect([lines.includes(title), lines.includes(abstract ?? "")]).toEqual([true, true]);
    const days = papers.flatMap((paper) => paper.publishedOn ?? []).sort();
    expect([days.length, days[0], days.at(-1)]).toEqual([41, "2020-03-24", "2025-11-20"]);
    expect(papers.filter((paper) => paper.authorCount !== null)).toHaveLength(41);
    const commented = papers.filter((paper) => paper.commentCount !== null);
    expect(commented.map(({ title, commentCount }) => `${title.split(/[: ]/)[0]} ${commentCount}`)).toEqual([
      "FoldGPT 2",
      "Rep-MTL 4",
      "LIFT 2",
    ]);
    const bare = papers.filter((paper) => paper.publishedOn === null);
    expect(bare.map((paper) => [paper.title.slice(0, 23), paper.abstract?.slice(0, 27)])).toEqual([
      ["A Theoretical Framework", "In large-scale AI training,"],
    ]);
    expect(new Set(papers.map((paper) => paper.listedOn))).toEqual(new Set(["2025-12-11"]));
  });

  test("52 days of the API: 823 listed, 781 saved, 42 refused as Python text, each under its day", async () => {
    const totals = { listed: 0, new: 0, rejected: 0 };
    for (const name of readdirSync(path.join(samples, "listings/hf-api")).sort()) {
      const counts = await scrapeBody(db(), read(`hf-api/${name}`), { source: name });
      for (const key of ["listed", "new", "rejected"] as const) totals[key] += counts[key];
    }
    expect(totals).toEqual({ listed: 823, new: 781, rejected: 42 });
    const listings = await db().listing.findMany();
    expect(
      listings.filter((listing) => listing.source !== `${listing.listedOn}.json` || listing.listedOnInferred),
    ).toEqual([]);
  }, 60_000);

  test("the edition of 2025-12-11 and what is asked of it", async () => {
    await scrapeBody(db(), read(rendering), { source: rendering });
    await scrapeBody(db(), read("hf-api/2025-12-11.json"), { source: "2025-12-11.json" });
    const { sections } = await findEdition("2025-12-11");
    expect(sections.map(({ format, papers }) => [format, papers.length])).toEqual([
      ["hf-api", 14],
      ["text", 42],
    ]);
    const { papers } = await listPapers(filterState.parse({ q: "weight sharing" }).state);
    const inTitle = papers.map(
      ({ highlights }) =>
        /<mark>weight/i.test(highlights?.title ?? "") && /<mark>shar/i.test(highlights?.title ?? ""),
    );
    expect(inTitle.filter(Boolean).length).toBeGreaterThan(3);
    expect(inTitle).toEqual([...inTitle].sort((a, b) => Number(b) - Number(a)));
  });

  test.each([
    "text/text_trending_2026-01.md",
    "arxiv/arxiv_cs_cl.xml",
    "arxiv/arxiv-search.html",
    "hf-page/paper-2509.24002.html",
  ])("%s is of no format yet", async (name) => {
    await expect(scrapeBody(db(), read(name), { source: name })).rejects.toThrow("no format knows this");
  });

  test("the listing page of 2024-08-01: 13 papers, whole and in order", async () => {
    const counts = await scrapeBody(db(), read("hf-page/papers-2024-08-01.html"), { source: "page.html" });
    expect(counts).toEqual({ listed: 13, new: 13, updated: 0, unchanged: 0, rejected: 0 });
    const [section, ...others] = (await findEdition("2024-08-01")).sections;
    expect([section?.format, others]).toEqual(["hf-page", []]);
    for (const paper of section?.papers ?? []) {
      expect(paper.arxivId).toMatch(/^240\d\.\d{5}$/);
      expect(paper.abstract?.length).toBeGreaterThan(300);
      expect(paper.authors.length).toBeGreaterThan(0);
      expect(paper.upvotes).toBeGreaterThan(0);
      expect(paper.listedOn).toBe("2024-08-01");
    }
    const first = section?.papers[0];
    expect([first?.title, first?.authorCount, first?.authors[0]]).toEqual([
      "The Llama 3 Herd of Models",
      533,
      "Abhimanyu Dubey",
    ]);
  });

  test("the rendering, two bookmarks, then the 17,222: four papers become one each, nothing known is lost", async () => {
    await scrapeBody(db(), read(rendering), { source: rendering });
    const four = ["2306.04845", "2507.21049", "2512.03915", "2506.00772"];
    const before = await db().paper.findMany({ where: { title: { contains: "Rep-MTL" } } });
    const other = await db().paper.findMany({ where: { title: { contains: "LIFT the Veil" } } });
    const kept = [...before, ...other].map((paper) => paper.id);
    for (const id of kept) await setBookmark(id, true);
    const source = await openFile(path.join(samples, "hf_papers.jsonl.gz"));
    const { counts } = await ingest(source, contextOf(), db(), () => {});
    expect(counts).toMatchObject({ listed: 17_222, new: 17_218, updated: 4, rejected: 0 });
    expect(await db().paper.count()).toBe(42 + 17_222 - 4);
    for (const id of kept)
      expect(await findPaper(id)).toMatchObject({ movedTo: expect.stringMatching(/^\d/) });
    for (const id of four)
      expect(await findPaper(id)).toMatchObject({
        formerIds: [expect.stringMatching(/^t-/)],
        entries: [{ format: "jsonl" }, { format: "text", listedOn: "2025-12-11" }],
        paper: { arxivId: id, listedOn: expect.any(String), upvotes: expect.any(Number) },
      });
    expect(await findPaper("2507.21049")).toMatchObject({ paper: { bookmarked: true } });
    expect(await db().bookmark.count()).toBe(2);
  }, 120_000);
});
