import { readFileSync } from "node:fs";
import { beforeEach, expect, test } from "vitest";
import { listImports } from "@/lib/imports/history";
import { listBookmarks } from "@/lib/readers/bookmarks";
import { undo } from "@/lib/readers/changes";
import { type Added, addUpload } from "@/lib/uploads/add";
import { type Preview, previewUpload } from "@/lib/uploads/preview";
import { hubAnswer } from "@/tests/hub-answer";
import { openTestLibrary, scrapeBody } from "@/tests/library";

const { db } = openTestLibrary();

const today = "2026-02-03";
const upload = (body: string | Buffer, name: string | null = null) => ({ name, body: Buffer.from(body) });
const preview = async (body: string | Buffer, name?: string) => {
  const result = await previewUpload(db(), upload(body, name), today);
  if ("problem" in result) throw new Error(result.problem);
  return result;
};
const problem = async (body: string | Buffer) => {
  const result = await previewUpload(db(), upload(body), today);
  expect(await addUpload(db(), "local", upload(body), { today, bookmark: true })).toEqual(result);
  return "problem" in result ? result.problem : null;
};
const add = async (body: string | Buffer, options: { bookmark?: boolean; name?: string } = {}) => {
  const { bookmark = false, name } = options;
  const result = await addUpload(db(), "local", upload(body, name), { today, bookmark });
  if ("problem" in result) throw new Error(result.problem);
  return result;
};
const bookmarks = async () => (await listBookmarks("local")).papers.map(({ title }) => title).sort();
const titles = async () => (await db().paper.findMany()).map(({ title }) => title).sort();
const countsOf = ({ papers, fresh, bookmarked, rejected }: Added) => ({
  papers,
  fresh,
  bookmarked,
  rejected,
});
const cutsOf = ({ entries, fresh, here, idsOnly, rejected }: Preview) => ({
  entries,
  fresh: fresh.total,
  here: here.total,
  idsOnly: idsOnly.total,
  rejected: rejected.total,
});

const bibtex = `@article{kettle2024, title={Kettles that Whistle}, author={Ada Kettle and Bo Pan}, year={2024}, eprint={2408.00001}, archivePrefix={arXiv}, keywords={tea}}
@article{pan2024, title={Pans without Handles}, author={Pan, Bo}, year={2024}}
@article{kettle2024again, title={Kettles that Whistle}, author={Ada Kettle}, eprint={2408.00001}, archivePrefix={arXiv}}
@article{untitled, author={Nobody}}
`;

beforeEach(() => scrapeBody(db(), hubAnswer([{ id: "2408.00001", title: "Kettles that Whistle" }])));

test("a preview says which papers are new, which are here, and which entries cannot be read", async () => {
  const shown = await preview(bibtex, "tea.bib");
  expect(shown).toMatchObject({ format: "bibtex", kind: "library" });
  expect(cutsOf(shown)).toEqual({ entries: 4, fresh: 1, here: 1, idsOnly: 0, rejected: 1 });
  expect(shown.fresh.first).toEqual([{ id: null, title: "Pans without Handles", authors: ["Bo Pan"] }]);
  expect(shown.here.first).toEqual([{ id: "2408.00001", title: "Kettles that Whistle" }]);
  expect(shown.rejected.first[0]).toMatchObject({ entry: 4, reason: expect.stringContaining("title") });
});

test("a preview writes nothing", async () => {
  await preview(bibtex);
  expect(await titles()).toEqual(["Kettles that Whistle"]);
  expect(await bookmarks()).toEqual([]);
});

test("papers of a library are saved and bookmarked in one step, and undo leaves their records", async () => {
  const added = await add(bibtex);
  expect(countsOf(added)).toEqual({ papers: 2, fresh: 1, bookmarked: 2, rejected: 1 });
  expect(added.undoable).toBe(true);
  expect(await bookmarks()).toEqual(["Kettles that Whistle", "Pans without Handles"]);
  await undo("local");
  expect(await bookmarks()).toEqual([]);
  expect(await titles()).toEqual(["Kettles that Whistle", "Pans without Handles"]);
});

test("adding the same library again changes nothing", async () => {
  await add(bibtex);
  const again = await add(bibtex);
  expect(countsOf(again)).toEqual({ papers: 2, fresh: 0, bookmarked: 2, rejected: 1 });
  expect(again.undoable).toBe(false);
  expect(await titles()).toHaveLength(2);
});

test("a listing is imported as an edition, and bookmarked only if the reader says so", async () => {
  const body = hubAnswer([
    { id: "2512.00001", title: "Spoons", day: "2025-12-11" },
    { id: "2512.00002", title: "Forks", day: "2025-12-11" },
  ]);
  expect(await preview(body)).toMatchObject({ kind: "day", period: "2025-12-11", format: "hf-api" });
  const added = await add(body, { name: "page.json" });
  expect(countsOf(added)).toEqual({ papers: 2, fresh: 2, bookmarked: 0, rejected: 0 });
  expect(added.undoable).toBe(false);
  expect(await db().entry.count({ where: { listedOn: "2025-12-11" } })).toBe(2);
  expect((await listImports(db())).imports[0]).toMatchObject({ source: "page.json", new: 2 });
  expect(countsOf(await add(body, { bookmark: true }))).toMatchObject({ fresh: 0, bookmarked: 2 });
  expect(await bookmarks()).toEqual(["Forks", "Spoons"]);
});

test("ids in any text are bookmarked if their papers are here; the others are named", async () => {
  const text = "See arXiv:2408.00001v2, and https://arxiv.org/abs/2408.09999\r\nfor more about kettles.";
  expect(cutsOf(await preview(text))).toEqual({ entries: 2, fresh: 0, here: 1, idsOnly: 1, rejected: 0 });
  const added = await add(text);
  expect(countsOf(added)).toEqual({ papers: 1, fresh: 0, bookmarked: 1, rejected: 0 });
  expect(added.missing).toEqual({ first: ["2408.09999"], total: 1 });
  expect(await bookmarks()).toEqual(["Kettles that Whistle"]);
  expect((await listImports(db())).imports).toHaveLength(1); // nothing was saved but the bookmark
});

test("papers that are known only by an id are fetched", async () => {
  const result = await addUpload(db(), "local", upload("arXiv:2408.09999 and arXiv:2408.00001"), {
    today,
    bookmark: false,
    fetchPapers: async (ids) => {
      expect(ids).toEqual(["2408.09999"]);
      await scrapeBody(db(), hubAnswer([{ id: "2408.09999", title: "Teapots" }]), { kind: "search" });
    },
  });
  expect(result).toMatchObject({ papers: 2, fresh: 1, bookmarked: 2, missing: { total: 0 } });
  expect(await bookmarks()).toEqual(["Kettles that Whistle", "Teapots"]);
});

test.each(["bibtex", "csl-json", "ris", "netscape", "jsonl", "ids", "text", "arxiv", "hf-page"])(
  "what a preview of the fixtures of %s says is what adding them does",
  async (folder) => {
    const { fixtures } = await import("@/tests/listings");
    const some = fixtures().filter(({ name }) => name.startsWith(`${folder}/`));
    expect(some.length).toBeGreaterThan(0);
    for (const { body } of some) {
      const before = await db().paper.count();
      const shown = await preview(body);
      const added = await add(body);
      expect(added.papers).toBe(shown.fresh.total + shown.here.total);
      expect(added.fresh).toBe((await db().paper.count()) - before);
      expect(added.rejected).toBe(shown.rejected.total);
      expect(added.bookmarked).toBe(shown.kind === "library" ? added.papers : 0);
    }
  },
);

test("long lists are cut, with their length", async () => {
  const many = Array.from({ length: 450 }, (_, at) => `@misc{k${at}, title={Kettle number ${at}}}`).join(
    "\n",
  );
  const shown = await preview(many);
  expect([shown.fresh.first.length, shown.fresh.total]).toEqual([50, 450]);
  expect(countsOf(await add(many))).toEqual({ papers: 450, fresh: 450, bookmarked: 450, rejected: 0 });
});

test("the file of a library is not stored, because it has the reader's notes", async () => {
  const stored = async () =>
    (await import("@/lib/imports/bodies")).measureBodies(
      (await import("@/lib/imports/bodies")).openBodies(db()),
    );
  const { files } = await stored();
  await add(bibtex);
  expect((await stored()).files).toBe(files);
  await add(readFileSync("tests/fixtures/hf-page/day-cards.html"));
  expect((await stored()).files).toBe(files + 1);
});

test("what cannot be read is refused, with what was expected and what came", async () => {
  expect(await problem(" \r\n ")).toBe("expected a listing, got an empty body");
  expect(await problem("Dear diary, today I drank tea.")).toMatch(/^no format recognizes this/);
  expect(await problem(Buffer.from("89504e470d0a1a0a0000000d", "hex"))).toMatch(
    /^expected text, got U\+0000/,
  );
});
