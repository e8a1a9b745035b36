import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { importSource } from "@/lib/imports/import";
import { parseText } from "@/lib/listings/formats/text";
import { listFiles } from "@/lib/listings/list-files";
import { openFile } from "@/lib/listings/open-source";
import { parseListing, rereadEntry } from "@/lib/listings/parse";
import { findEdition } from "@/lib/papers/editions";
import { filterState } from "@/lib/papers/filter";
import { findPaper } from "@/lib/papers/find";
import { listPapers } from "@/lib/papers/list";
import { setMark } from "@/lib/readers/marks";
import { contextOf, isBookmarked, openTestLibrary, scrapeBody } from "./library";

const samples = process.env.SAMPLES ?? "";
const read = (name: string) => readFileSync(path.join(samples, "listings", name), "utf8");
const textCopy = "text/hf-papers-dec-11.txt";

// An item of the API, in the API's own names. `fieldsOf` turns it into a paper with none of the code under test.
type Item = {
  paper: Record<string, string> & {
    authors: { name: string; hidden?: boolean }[];
    upvotes: number;
    githubStars?: number;
    ai_keywords?: string[];
    submittedOnDailyBy?: Login;
    organization?: Login;
  };
  title: string;
  numComments: number;
  submittedBy?: Login;
  organization?: Login;
};
type Login = { name?: string; user?: string; fullname?: string };

const cleanText = (text: string) =>
  text
    .replace(/&(amp|lt|gt|quot);/g, (_, name) => ({ amp: "&", lt: "<", gt: ">", quot: '"' })[name as "amp"])
    .replace(/[\u00a0\u2000-\u200a\u202f\u3000]/g, " ")
    .replace(/(?![\n\t])\p{Cc}|[\u00ad\u200b\u2060\ufeff]/gu, "")
    .normalize("NFC")
    .trim();
const oneLine = (text: string) =>
  cleanText(text)
    .split(/\s*\n\s*/)
    .join(" ");
const account = (login: Login | undefined) =>
  login ? { name: login.name ?? login.user ?? login.fullname, fullName: login.fullname ?? null } : null;

function fieldsOf({ paper, ...item }: Item, day: string) {
  const keywords = new Map<string, string>();
  for (const word of paper.ai_keywords ?? []) {
    const name = oneLine(word).replace(/\s+/g, " ");
    if (name) keywords.set(name.toLowerCase(), name);
  }
  return {
    arxivId: paper.id,
    title: oneLine(item.title),
    abstract: cleanText(paper.summary ?? ""),
    authors: paper.authors.filter((one) => !one.hidden).map((one) => oneLine(one.name)),
    authorCount: paper.authors.length,
    publishedOn: paper.publishedAt?.slice(0, 10),
    listedOn: paper.submittedOnDailyAt?.slice(0, 10) ?? day,
    upvotes: paper.upvotes,
    commentCount: item.numComments,
    tags: [...keywords.values()].map((name) => ({ name, source: "hub" })),
    submittedBy: account(item.submittedBy ?? paper.submittedOnDailyBy),
    organization: account(item.organization ?? paper.organization),
    code: paper.githubRepo ? { url: paper.githubRepo.trim(), stars: paper.githubStars ?? null } : null,
    projectPage: paper.projectPage?.trim() || null,
    summary: paper.ai_summary ? { text: oneLine(paper.ai_summary), source: "hub" } : null,
    withdrawn: paper.withdrawnAt ? true : null,
  };
}

// The real listings are not ours to publish, so the repository lacks them. SAMPLES names the folder that has them.
describe.skipIf(!samples)("the real listings", () => {
  const { db } = openTestLibrary();

  test.each(["2025-12-31", "2027-01-01", "2031-06-15"])(
    "the text copy gives the same 42 papers and dates when it is read on %s",
    (today) => {
      const body = read(textCopy);
      const lines = body.split("\n");
      const papers =
        parseText(body, contextOf({ source: textCopy, today }))?.entries.map((entry) => entry.paper) ?? [];
      expect(papers).toHaveLength(42);
      for (const { title, abstract } of papers)
        expect([lines.includes(title), lines.includes(abstract ?? "")]).toEqual([true, true]);
      const days = papers.flatMap((paper) => paper.publishedOn ?? []).sort();
      expect([days.length, days[0], days.at(-1)]).toEqual([41, "2020-03-24", "2025-11-20"]);
      expect(papers.filter((paper) => paper.authorCount !== null)).toHaveLength(41);
      const commented = papers.filter((paper) => paper.commentCount !== null);
      expect(commented.map(({ title, commentCount }) => `${title.split(/[: ]/)[0]} ${commentCount}`)).toEqual(
        ["FoldGPT 2", "Rep-MTL 4", "LIFT 2"],
      );
      const bare = papers.filter((paper) => paper.publishedOn === null);
      expect(bare.map((paper) => [paper.title.slice(0, 23), paper.abstract?.slice(0, 27)])).toEqual([
        ["A Theoretical Framework", "In large-scale AI training,"],
      ]);
      expect(new Set(papers.map((paper) => paper.listedOn))).toEqual(new Set(["2025-12-11"]));
    },
  );

  test("importing 52 days of the API adds 781 of 823 papers, rejects 42, and files each listing under its day", async () => {
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
  });

  test("the edition of 2025-12-11 has a section per source, and a search lists matches in titles first", async () => {
    await scrapeBody(db(), read(textCopy), { source: textCopy });
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

  test("every sample file gives the expected format, period, number of papers, and reasons for rejected entries", async () => {
    const folder = path.join(samples, "listings");
    const summaries = (await listFiles(folder)).map((file) => {
      const name = path.relative(folder, file);
      const { format, kind, period, entries, rejections } = parseListing(
        readFileSync(file, "utf8"),
        contextOf({ source: file }),
      );
      const reasons = [...new Set(rejections.map(({ reason }) => reason))].join("; ");
      return [name, format, kind, period ?? "-", entries.length, rejections.length, reasons].join(" ").trim();
    });
    expect(summaries.filter((line) => !line.startsWith("hf-api/"))).toEqual([
      "arxiv/arxiv-search.html arxiv-html search - 200 0",
      'arxiv/arxiv_cs_cl.xml arxiv-rss day 2026-07-29 4 1 expected a title that is not empty at title, got ""',
      "arxiv/arxiv_weekend_empty.xml arxiv-rss day 2026-08-01 0 0",
      "arxiv/id_0000.0000_s0_m100_8b51d9633a68.json arxiv-atom search - 0 0",
      "arxiv/id_quant-ph_0201082v1_s0_m100_86989fe779ef.json arxiv-atom search - 1 0",
      "arxiv/malformed-rss.xml arxiv-rss day 2025-05-26 125 0",
      "arxiv/q_testing_s0_m15_80c242b59d59.json arxiv-atom search - 15 0",
      "arxiv/q_testing_s10_m10_34e56e15aaac.json arxiv-atom search - 10 0",
      "arxiv/rss.arxiv.org-atom.xml arxiv-atom day 2025-08-20 7 0",
      "hf-page/paper-2509.24002.html hf-page search - 1 0",
      "hf-page/papers-2024-08-01.html hf-page day 2024-08-01 13 0",
      "text/hf-papers-dec-11.txt text day 2025-12-11 42 0",
      "text/html2text_search_long-context-asr_2026-06-29.txt text search - 4 0",
      "text/notebook_search_intercode-bash_2026-03.txt text search - 3 0",
      "text/text_trending_2026-01.md text trending - 3 0",
    ]);
    const days = summaries.filter((line) => line.startsWith("hf-api/"));
    expect(days).toHaveLength(52);
    const rejected = / (\d+) expected an object, got Python text$/;
    expect(
      days.filter((line) => rejected.test(line)).map((line) => line.replace(/ hf-api.* (?=\d+ exp)/, " ")),
    ).toEqual(
      ["2024-12-12", "2024-12-18", "2024-12-27", "2025-01-10"].map((day) =>
        expect.stringMatching(new RegExp(`^hf-api/${day}.json \\d+ expected`)),
      ),
    );
    for (const line of days)
      expect(line).toMatch(
        /^hf-api\/(\S+)\.json hf-api day \1 \d+ (0|\d+ expected an object, got Python text)$/,
      );
  });

  test("each of the API's 781 items keeps the fields of its JSON, both when parsed and when reread from its stored entry", () => {
    let compared = 0;
    for (const name of readdirSync(path.join(samples, "listings/hf-api")).sort()) {
      const body = read(`hf-api/${name}`);
      const listing = parseListing(body, contextOf({ source: name }));
      const json = JSON.parse(body);
      const items = (Array.isArray(json) ? json : json.data).filter(
        (item: unknown) => typeof item === "object",
      );
      expect(listing.entries).toHaveLength(items.length);
      for (const [at, { paper, source }] of listing.entries.entries()) {
        expect(paper).toEqual(fieldsOf(items[at], name.slice(0, 10)));
        expect(rereadEntry(listing.format, source, paper.listedOn)).toEqual(paper);
        compared++;
      }
    }
    expect(compared).toBe(781);
  });

  test("the listing page of 2024-08-01 gives 13 complete papers, beginning with Llama 3", async () => {
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

  test("importing 17,222 papers after the text copy merges the four papers that are in both, and loses no bookmark", async () => {
    await scrapeBody(db(), read(textCopy), { source: textCopy });
    const merged = ["2306.04845", "2507.21049", "2512.03915", "2506.00772"];
    const repMtl = await db().paper.findMany({ where: { title: { contains: "Rep-MTL" } } });
    const lift = await db().paper.findMany({ where: { title: { contains: "LIFT the Veil" } } });
    const bookmarked = [...repMtl, ...lift].map((paper) => paper.id);
    for (const id of bookmarked) await setMark("local", "Bookmark", [id], true);
    const source = await openFile(path.join(samples, "hf_papers.jsonl.gz"));
    const { counts } = await importSource(source, contextOf(), db(), () => {});
    expect(counts).toMatchObject({ listed: 17_222, new: 17_218, updated: 4, rejected: 0 });
    expect(await db().paper.count()).toBe(42 + 17_222 - 4);
    for (const id of bookmarked)
      expect(await findPaper(id)).toMatchObject({ movedTo: expect.stringMatching(/^\d/) });
    for (const id of merged)
      expect(await findPaper(id)).toMatchObject({
        formerIds: [expect.stringMatching(/^t-/)],
        entries: [{ format: "jsonl" }, { format: "text", listedOn: "2025-12-11" }],
        paper: { arxivId: id, listedOn: expect.any(String), upvotes: expect.any(Number) },
      });
    expect(await isBookmarked("2507.21049")).toBe(true);
    expect(await db().bookmark.count()).toBe(2);
  }, 900_000);
});
