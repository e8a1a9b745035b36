import { readFileSync } from "node:fs";
import { beforeEach, expect, test } from "vitest";
import { writeJsonLines } from "@/lib/cite/jsonl";
import { measureBodies, openBodies } from "@/lib/imports/bodies";
import { listImports } from "@/lib/imports/history";
import { filterState } from "@/lib/papers/filter";
import { findAttached } from "@/lib/readers/attached";
import { listBookmarks } from "@/lib/readers/bookmarks";
import { undo } from "@/lib/readers/changes";
import { exportPapers } from "@/lib/readers/export-papers";
import { addToList, createList } from "@/lib/readers/lists";
import { setMark } from "@/lib/readers/marks";
import { writeNote } from "@/lib/readers/notes";
import { addTags } from "@/lib/readers/own-tags";
import { setState } from "@/lib/readers/states";
import { type Added, addUpload } from "@/lib/uploads/add";
import { type Preview, previewUpload } from "@/lib/uploads/preview";
import { hubAnswer } from "@/tests/hub-answer";
import { openTestLibrary, scrapeBody } from "@/tests/library";
import { fixtures } from "@/tests/listings";

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
const exportAll = async () => {
  const items = exportPapers("local", filterState.defaults);
  const lines = writeJsonLines(items, { siteUrl: "", exportedAt: new Date(0) });
  let text = "";
  for await (const line of lines) text += line;
  return text;
};
/** What the reader attached to each paper, by title. */
const attached = async () => {
  const papers = await db().paper.findMany({ orderBy: { title: "asc" } });
  const found = await findAttached(
    "local",
    papers.map(({ key }) => key),
  );
  return papers.flatMap(({ key, title }) => (found.has(key) ? [{ title, ...found.get(key) }] : []));
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
  expect(shown.fresh.first).toEqual([{ title: "Pans without Handles", authors: ["Bo Pan"] }]);
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
  expect(added.changed).toBe(2);
  expect(await bookmarks()).toEqual(["Kettles that Whistle", "Pans without Handles"]);
  await undo("local");
  expect(await bookmarks()).toEqual([]);
  expect(await titles()).toEqual(["Kettles that Whistle", "Pans without Handles"]);
});

test("adding the same library again changes nothing", async () => {
  await add(bibtex);
  const again = await add(bibtex);
  expect(countsOf(again)).toEqual({ papers: 2, fresh: 0, bookmarked: 2, rejected: 1 });
  expect(again.changed).toBe(0);
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
  expect(added.changed).toBe(0);
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
    const some = fixtures().filter(({ name }) => name.startsWith(`${folder}/`));
    expect(some.length).toBeGreaterThan(0);
    for (const { body } of some) {
      const before = await db().paper.count();
      const shown = await preview(body);
      const added = await add(body);
      expect(added.papers).toBe(shown.fresh.total + shown.here.total);
      expect(added.fresh).toBe((await db().paper.count()) - before);
      expect(added.rejected).toBe(shown.rejected.total);
      expect(added.bookmarked).toBe(shown.own - shown.idsOnly.total);
    }
  },
);

test("a library that was exported, deleted and added again is the same, with notes, lists, states and tags", async () => {
  await scrapeBody(
    db(),
    hubAnswer(["2408.00002", "2408.00003", "2408.00004"].map((id) => ({ id, title: `Cups of ${id}` }))),
  );
  await setMark("local", "Bookmark", ["2408.00001"], true);
  await setState("local", ["2408.00002"], "read");
  await writeNote("local", ["2408.00002"], 'Read *twice*.\n\n<b>"Liked", too</b>');
  await createList("local", "To discuss");
  await addToList("local", "To discuss", ["2408.00002", "2408.00003"]);
  await addTags("local", ["2408.00003"], ["my tea"]);
  const before = await attached();
  expect(before).toHaveLength(3);
  const library = await exportAll();
  for (const table of [db().bookmark, db().note, db().readerList, db().ownTag, db().paper] as {
    deleteMany: () => Promise<unknown>;
  }[])
    await table.deleteMany();
  expect(await attached()).toEqual([]);

  const shown = await preview(library);
  expect(cutsOf(shown)).toEqual({ entries: 4, fresh: 4, here: 0, idsOnly: 0, rejected: 0 });
  expect([shown.own, shown.brought]).toEqual([3, { notes: 1, states: 3, lists: ["To discuss"], tags: 1 }]);
  expect(countsOf(await add(library))).toEqual({ papers: 4, fresh: 4, bookmarked: 3, rejected: 0 });
  expect(await attached()).toEqual(before);
  expect(await exportAll()).toBe(library);
  await undo("local");
  expect(await attached()).toEqual([]);
  expect(await db().readerList.count()).toBe(0);
  expect(await db().paper.count()).toBe(4);
});

test("long lists are cut, with their length", async () => {
  const many = Array.from({ length: 450 }, (_, at) => `@misc{k${at}, title={Kettle number ${at}}}`).join(
    "\n",
  );
  const shown = await preview(many);
  expect([shown.fresh.first.length, shown.fresh.total]).toEqual([20, 450]);
  expect(countsOf(await add(many))).toEqual({ papers: 450, fresh: 450, bookmarked: 450, rejected: 0 });
});

test("the file of a library is not stored, because it has the reader's notes", async () => {
  const stored = () => measureBodies(openBodies(db()));
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

test("more entries than a reader can wait for are refused", async () => {
  const ids = Array.from({ length: 50_001 }, (_, at) => `2408.${String(at).padStart(5, "0")}`);
  expect(await problem(ids.join(" "))).toBe("expected at most 50,000 entries, got 50,001; divide the file");
});

test("hostile files are refused or read as far as they make sense", async () => {
  const entities = Array.from({ length: 9 }, (_, at) => `<!ENTITY e${at + 1} "${`&e${at};`.repeat(10)}">`);
  const bomb = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "ha">${entities.join("")}]><feed xmlns="http://www.w3.org/2005/Atom"><entry><title>&e9;</title></entry></feed>`;
  expect(await problem(bomb)).toMatch(/^no format recognizes this/);
  expect(await problem("[".repeat(100_000))).toMatch(/^no format recognizes this/);
  expect(await problem("<div>".repeat(100_000))).toMatch(/^expected elements nested at most/);
  const braces = `@misc{deep, title={${"{".repeat(50_000)}Kettle${"}".repeat(50_000)}}}\n`;
  const open = `@misc{open, title={${"{".repeat(50_000)}`;
  expect((await preview(braces + open)).rejected.total).toBeGreaterThan(0);
  const twice = "@misc{same, title={Kettles}}\r\n@misc{same, title={Pans}}\r\n";
  expect(cutsOf(await preview(twice))).toMatchObject({ fresh: 2, rejected: 0 });
  expect(cutsOf(await preview(Buffer.from(`\ufeff${twice}`, "utf16le")))).toMatchObject({
    fresh: 2,
    rejected: 0,
  });
  const half = bibtex.slice(0, bibtex.indexOf("without"));
  expect(cutsOf(await preview(half))).toMatchObject({ entries: 2, here: 1 });
});

test("a bookmark that is a script is no paper, and markup stays text", async () => {
  const link = (address: string) => `<DT><A HREF="${address}">Kettles</A>`;
  const links = ["javascript:alert(1)//arxiv.org/abs/2408.00001", "data:text/html,2408.00001"].map(link);
  const file = `<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><p>${links.join("\n")}</DL>`;
  expect(cutsOf(await preview(file))).toMatchObject({ fresh: 0, here: 0, idsOnly: 0 });
  await add("@misc{x, title={Teapots {<img src=x onerror=alert(1)>}}}");
  expect(await titles()).toEqual(["Kettles that Whistle", "Teapots <img src=x onerror=alert(1)>"]);
});

test("a listing without a full day is of the day that the reader chose", async () => {
  const body = Buffer.from(readFileSync("tests/fixtures/text/day.txt"));
  const inferred = await preview(body);
  expect(inferred).toMatchObject({ kind: "day", listedOnInferred: true });
  const chosen = await previewUpload(db(), upload(body), today, "2025-12-08");
  expect(chosen).toMatchObject({ listedOn: "2025-12-08", listedOnInferred: false });
  const added = await addUpload(db(), "local", upload(body), {
    today,
    pageDate: "2025-12-08",
    bookmark: false,
  });
  expect(added).toMatchObject({ listedOn: "2025-12-08" });
});
