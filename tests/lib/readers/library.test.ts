import { beforeEach, expect, test } from "vitest";
import { filterOf } from "@/lib/papers/filter";
import { listLibrary } from "@/lib/readers/library";
import { addToList } from "@/lib/readers/lists";
import { setMark } from "@/lib/readers/marks";
import { writeNote } from "@/lib/readers/notes";
import { setState } from "@/lib/readers/states";
import { openTestLibrary, scrapeBody } from "@/tests/library";

const { db } = openTestLibrary();
const digits = Array.from({ length: 20 }, (_, at) => at + 1);
const idOf = (digit: number) => `2512.${String(digit).padStart(5, "0")}`;
const digitOf = (id: string) => Number(id.slice(5));

/** Twenty papers, each listed on its day, with as many upvotes as twice half its number; those of the last five are unknown. */
beforeEach(async () => {
  const papers = digits.map((digit) => ({
    ...{ arxivId: idOf(digit), title: digit % 2 ? `Lamps ${digit}` : `Kettles ${digit}`, authors: [] },
    ...{
      listedOn: `2025-12-${String(digit).padStart(2, "0")}`,
      ...(digit > 15 ? {} : { upvotes: digit >> 1 }),
    },
  }));
  await scrapeBody(db(), papers.map((paper) => JSON.stringify(paper)).join("\n"));
});

const bookmark = (...wanted: number[]) => setMark("local", "Bookmark", wanted.map(idOf), true);

/** The numbers of the papers on each page. `between` runs after the first page was read. */
async function readPages(
  asked: Parameters<typeof filterOf>[0],
  between: () => Promise<unknown> = async () => {},
) {
  const filter = filterOf({ limit: 4, ...asked });
  const pages: number[][] = [];
  for (let after: string | undefined | null; after !== null; ) {
    const { papers, next } = await listLibrary("local", filter, after);
    pages.push(papers.map(({ paper }) => digitOf(paper.id)));
    if (pages.length === 1) await between();
    after = next;
  }
  return pages;
}

test("a library lists the last bookmarked paper first; of those bookmarked together, the last of the library", async () => {
  await bookmark(7);
  await bookmark(3, 1, 2);
  await bookmark(9);
  expect(await readPages({})).toEqual([[9, 3, 2, 1], [7]]);
  expect(await readPages({ limit: 5 })).toEqual([[9, 3, 2, 1, 7]]);
});

test("removing five papers while turning pages skips none of the others, in any order", async () => {
  for (const sort of ["bookmarked", "newest", "upvotes"] as const) {
    await bookmark(...digits);
    const whole = (await readPages({ sort })).flat();
    expect(
      [...whole].sort((a, b) => a - b),
      sort,
    ).toEqual(digits);
    // Three of the first page, the last of them included, and two of those to come.
    const removed = [0, 2, 3, 4, 9].map((at) => whole[at] ?? 0);
    const pages = await readPages({ sort }, () => setMark("local", "Bookmark", removed.map(idOf), false));
    expect(pages.flat(), sort).toEqual(whole.filter((digit, at) => at < 4 || !removed.includes(digit)));
    await setMark("local", "Bookmark", digits.map(idOf), false);
  }
});

test("papers are sorted by feed day and by upvotes, those with unknown upvotes last", async () => {
  await bookmark(...digits);
  const pages = async (sort: "newest" | "upvotes") => (await readPages({ sort, limit: 6 }))[0];
  expect(await pages("newest")).toEqual([20, 19, 18, 17, 16, 15]);
  expect(await pages("upvotes")).toEqual([15, 14, 13, 12, 11, 10]);
  expect((await readPages({ sort: "upvotes", limit: 15 }))[1]).toEqual([20, 19, 18, 17, 16]);
});

test("a library is narrowed by state, list, note and words, and counted", async () => {
  await bookmark(...digits);
  await setState("local", [4, 5, 6, 7].map(idOf), "reading");
  await addToList("local", "Theses", [5, 6, 8].map(idOf));
  await writeNote("local", [idOf(6)], "Mine.");
  const find = async (q: string) => {
    const { total, papers } = await listLibrary("local", filterOf({ q }));
    expect(papers.length).toBe(Math.min(total, 20));
    return papers.map(({ paper }) => digitOf(paper.id));
  };
  expect(await find("is:reading")).toEqual([7, 6, 5, 4]);
  expect(await find("is:reading list:theses")).toEqual([6, 5]);
  expect(await find("is:reading lamps")).toEqual([7, 5]);
  expect(await find("note:mine")).toEqual([6]);
  expect(await find("-is:reading kettles date:2025-12-01..2025-12-12")).toEqual([12, 10, 8, 2]);
  expect(await find("is:toread (lamps OR list:theses) upvotes:>=3")).toEqual([15, 13, 11, 9, 8]);
  expect((await find("")).length).toBe(20);
  expect(await find("is:new -is:bookmarked")).toEqual([]);
});

test("each paper comes with what is attached to it, and with highlights of the words", async () => {
  await bookmark(5);
  await writeNote("local", [idOf(5)], "Mine.");
  const { papers, order, next } = await listLibrary("local", filterOf({ q: "lamps" }));
  expect([order, next]).toEqual(["bookmarked", null]);
  expect(papers).toMatchObject([
    {
      paper: { id: idOf(5), highlights: { title: "<mark>Lamps</mark> 5" } },
      bookmark: { state: "toread", note: "Mine." },
    },
  ]);
});

test.each(["", "x", "1", "1.2.3", "-1.1e9", "99999999999999999.1"])(
  "%j is no cursor, so the first page is shown",
  async (after) => {
    await bookmark(1, 2);
    expect((await listLibrary("local", filterOf({}), after)).papers).toHaveLength(2);
  },
);

test("of another reader's library, nothing is shown", async () => {
  await bookmark(1, 2);
  await db().reader.create({ data: { id: "ada", settings: "{}" } });
  expect(await listLibrary("ada", filterOf({}))).toMatchObject({ total: 0, papers: [], next: null });
});
