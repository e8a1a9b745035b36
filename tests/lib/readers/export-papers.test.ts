import { beforeEach, expect, test } from "vitest";
import { GET } from "@/app/api/v1/export/route";
import { exportFormats } from "@/lib/cite/export-formats";
import { filterOf } from "@/lib/papers/filter";
import { currentReader } from "@/lib/readers/current-reader";
import { exportPapers } from "@/lib/readers/export-papers";
import { setMark } from "@/lib/readers/marks";
import { openTestLibrary, scrapeBody } from "@/tests/library";

const { db } = openTestLibrary();

const paper = (number: number, title: string, authors: string[]) => ({
  id: `2512.0000${number}`,
  title,
  authors,
  publishedOn: "2025-12-09",
  listedOn: `2025-12-1${number}`,
});
const papers = [
  paper(1, "Lamps of the Harbor", ["Ada Tide", "OpenAI Team"]),
  paper(2, "Lamps for All", ["Bo Tide"]),
  paper(3, "Kettles", []),
];
const scrape = (some: object[]) => scrapeBody(db(), some.map((one) => JSON.stringify(one)).join("\n"));

beforeEach(() => scrape(papers));

const get = (query: string) => GET(new Request(`http://localhost/api/v1/export?${query}`));
const collect = async (q: string) => {
  const items = [];
  for await (const item of exportPapers(currentReader(), filterOf({ q }))) items.push(item);
  return items;
};

test("the papers of a filter are exported, newest first, with the bookmark of the reader", async () => {
  await setMark(currentReader(), "Bookmark", ["2512.00001"], true);
  const items = await collect("lamps");
  expect(items.map(({ id, citeKey }) => [id, citeKey])).toEqual([
    ["2512.00002", "tide2025lamps"],
    ["2512.00001", "tide2025lampsa"],
  ]);
  expect(items.map(({ bookmark }) => bookmark?.state)).toEqual([undefined, "toread"]);
  expect((await collect("is:bookmarked")).map(({ id }) => id)).toEqual(["2512.00001"]);
  expect(await collect("nothing")).toEqual([]);
});

test("a citation key stays the same when others are added and when the paper changes", async () => {
  const [before] = await collect("id:2512.00002");
  await scrape([
    paper(4, "Lamps Again", ["Cy Tide"]),
    { ...papers[1], title: "Lanterns for All", authors: ["Bo Reef"] },
  ]);
  const keys = Object.fromEntries((await collect("")).map(({ id, citeKey }) => [id, citeKey]));
  expect(keys["2512.00002"]).toBe(before?.citeKey);
  expect(new Set(Object.values(keys)).size).toBe(4);
  expect(Object.values(keys)).toContain("2025kettles");
});

test("two exports at once give each paper one key, and no two papers the same", async () => {
  const many = Array.from({ length: 60 }, (_, at) => ({
    id: `2511.${10_000 + at}`,
    title: "Same Title",
    authors: ["Ada Tide"],
  }));
  await scrape(many);
  const [one, other] = await Promise.all([collect("same"), collect("same")]);
  expect(one.map(({ citeKey }) => citeKey)).toEqual(other.map(({ citeKey }) => citeKey));
  expect(new Set(one.map(({ citeKey }) => citeKey)).size).toBe(60);
});

test.each(Object.entries(exportFormats))(
  "the API streams %s as a file",
  async (format, { mimeType, extension }) => {
    const answer = await get(`format=${format}&q=lamps&sort=upvotes`);
    expect([answer.status, answer.headers.get("content-type")?.split(";")[0]]).toEqual([200, mimeType]);
    expect(answer.headers.get("content-disposition")).toMatch(
      new RegExp(`^attachment; filename="broadsheet-lamps-\\d{4}-\\d\\d-\\d\\d\\.${extension}"$`),
    );
    expect((await answer.text()).includes("Harbor")).toBe(true);
  },
);

test.each([
  ["format=docx", "format"],
  ["", "format"],
  ["format=constructor", "format"],
  ["format=csv&limit=0", "limit"],
])("the API refuses %s", async (query, field) => {
  const answer = await get(query);
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ field, error: expect.stringContaining("expected") });
});

test("a paper that turns out to be another gives it its citation key", async () => {
  const text = { title: "Ropes of Light", abstract: "A rope that glows, at length and in detail." };
  await scrape([{ ...text, authors: ["Di Tide"] }]);
  const [before] = await collect("title:ropes");
  await scrape([{ ...text, id: "2512.00009", authors: ["Di Tide", "Ed Reef"] }]);
  const [after, ...others] = await collect("title:ropes");
  expect([before?.id.startsWith("t-"), after?.id, others]).toEqual([true, "2512.00009", []]);
  expect(after?.citeKey).toBe(before?.citeKey);
});
