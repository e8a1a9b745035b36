import { beforeEach, expect, test } from "vitest";
import { GET } from "@/app/api/v1/suggest/route";
import { rederive } from "@/lib/catalog/rederive";
import { forgetListing } from "@/lib/imports/forget-listing";
import { suggest } from "@/lib/papers/suggest";
import { openTestLibrary, scrapeBody } from "@/tests/library";

const { db } = openTestLibrary();

const papers = [
  { id: "2512.00001", title: "Diffusion Transformers at Night", authors: ["Ming-Hsuan Yang", "José Núñez"] },
  { id: "2512.00002", title: "Transformation of Quiet Gardens", authors: ["Ming-Hsuan Yang", "Yann LeCun"] },
  { id: "2512.00003", title: "A Garden of Agents", authors: ["Yang Ming", "Łukasz Żółw"] },
].map((paper, at) => ({
  ...paper,
  abstract: `On nothing ${at}.`,
  keywords: ["LLM agents", at === 0 ? "diffusion models" : "gardens"],
  organization: { name: "acme", fullName: "Acme Institute of Tea" },
}));

beforeEach(() => scrapeBody(db(), papers.map((paper) => JSON.stringify(paper)).join("\n")));

const titles = async (typed: string) =>
  (await suggest(typed, 10)).papers
    .map(({ id }) => id.slice(-1))
    .sort()
    .join("");
const authors = async (typed: string) =>
  (await suggest(typed, 10)).authors.map(({ name, count }) => `${name} ${count}`);

test("papers are found by words of their titles, the last one perhaps unfinished", async () => {
  expect(await titles("tra")).toBe("12");
  expect(await titles("transformati")).toBe("12"); // by their stem, as in a search
  expect(await titles("transformers")).toContain("1");
  expect(await titles("transformers ni")).toBe("1");
  expect(await titles("night diffusion")).toBe("1");
  expect(await titles("garden")).toBe("23");
  expect(await titles("nothing")).toBe(""); // only in abstracts
  expect(await titles("zzz")).toBe("");
  expect(await titles("2512.00003")).toBe("3");
  expect((await suggest("2512.00003", 10)).papers).toEqual([
    { id: "2512.00003", title: "A Garden of Agents" },
  ]);
});

test("authors are found by the beginning of any of their names, whatever the case and accents", async () => {
  expect(await authors("yan")).toEqual(["Ming-Hsuan Yang 2", "Yang Ming 1", "Yann LeCun 1"]);
  expect(await authors("ming ya")).toEqual(["Ming-Hsuan Yang 2", "Yang Ming 1"]);
  expect(await authors("ming ming")).toEqual([]);
  expect(await authors("NUNEZ")).toEqual(["José Núñez 1"]);
  expect(await authors("josé n")).toEqual(["José Núñez 1"]);
  expect(await authors("zolw")).toEqual(["Łukasz Żółw 1"]);
  expect(await authors("y")).toEqual([]);
  expect((await suggest("yan", 1)).authors).toHaveLength(1);
});

test("tags and organizations are found by the beginnings of their words", async () => {
  const { tags, organizations } = await suggest("a", 10);
  expect([tags, organizations]).toEqual([[], []]);
  expect((await suggest("llm ag", 10)).tags).toEqual([{ name: "LLM agents", count: 3 }]);
  const acme = { name: "acme", fullName: "Acme Institute of Tea", count: 3 };
  expect((await suggest("insti", 10)).organizations).toEqual([acme]);
  expect((await suggest("ACM", 10)).organizations).toEqual([acme]);
});

test("names are counted as papers come, change and go, and a rebuild of the index counts the same", async () => {
  const names = () =>
    db().nameWord.findMany({ orderBy: [{ kind: "asc" }, { word: "asc" }, { name: "asc" }] });
  const before = await names();
  const changed = {
    ...papers[0],
    authors: ["Ming-Hsuan Yang", "Yannis Tea"],
    organization: { name: "acme", fullName: "Acme" },
  };
  const added = {
    id: "2512.00004",
    title: "More Tea",
    authors: ["Yann LeCun", "Yann LeCun"],
    keywords: ["gardens"],
  };
  await scrapeBody(db(), `${JSON.stringify(changed)}\n${JSON.stringify(added)}`);
  expect(await authors("yan")).toEqual(["Ming-Hsuan Yang 2", "Yann LeCun 2", "Yang Ming 1", "Yannis Tea 1"]);
  expect(await authors("nunez")).toEqual([]);
  expect((await suggest("gard", 10)).tags).toEqual([{ name: "garden", count: 3 }]);
  const after = await names();
  await rederive(db());
  expect(await names()).toEqual(after);
  const { id } = await db().listing.findFirstOrThrow({ orderBy: { id: "desc" } });
  await forgetListing(db(), id);
  expect(await names()).toEqual(before);
});

test("the API answers with all lists, and refuses values that make no sense", async () => {
  const ask = async (query: string) => {
    const answer = await GET(new Request(`http://localhost/api/v1/suggest${query}`));
    return [answer.status, await answer.json()] as const;
  };
  const nothing = { papers: [], authors: [], tags: [], organizations: [], days: [] };
  expect(await ask("")).toEqual([200, nothing]);
  for (const odd of [
    '"',
    "''",
    "%",
    "_",
    "-",
    "AND",
    "*",
    "{",
    "\\",
    "\u0000",
    "’",
    "𝒳",
    "ॐ",
    "'; DROP TABLE Paper",
  ])
    expect(await ask(`?q=${encodeURIComponent(odd)}`)).toEqual([200, nothing]);
  expect(await ask(`?q=${"a".repeat(500)}`)).toEqual([200, nothing]);
  expect(await ask(`?q=${"a ".repeat(251)}`)).toEqual([400, expect.objectContaining({ field: "q" })]);
  for (const limit of ["0", "101", "-1", "ten", "1.5"])
    expect(await ask(`?q=a&limit=${limit}`)).toEqual([
      400,
      { error: `limit: expected a whole number from 1 to 100, got "${limit}"`, field: "limit" },
    ]);
});
