import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { fingerprintOf } from "@/lib/catalog/fingerprint";
import { saveListing } from "@/lib/catalog/save";
import { forgetListing } from "@/lib/imports/forget-listing";
import { prepareLibrary } from "@/lib/imports/prepare-library";
import { parseListing } from "@/lib/listings/parse";
import { setMark } from "@/lib/readers/marks";
import { hubAnswer } from "@/tests/hub-answer";
import { contextOf, openTestLibrary, scrapeBody } from "@/tests/library";

// Which pictures belong to a paper, whatever imports come and go.
const { db } = openTestLibrary();
const url = (name: string) => `https://cdn.example/${name}.png`;
const id = "2512.00001";

const list = (names: string[], day = "2025-12-11") =>
  scrapeBody(db(), hubAnswer([{ id, day, media: names.length > 0 ? names.map(url) : undefined }]));

/** The pictures of all papers, as `ID: NAMES`. Those that were fetched have a star. */
async function figures(): Promise<string[]> {
  const papers = await db().paper.findMany({
    include: { figures: { orderBy: { place: "asc" } } },
    orderBy: { id: "asc" },
  });
  return papers
    .filter((paper) => paper.figures.length > 0)
    .map((paper) => {
      const names = paper.figures.map(({ url, hash }) => path.basename(url, ".png") + (hash ? "*" : ""));
      return `${paper.id}: ${names.join(" ")}`;
    });
}

/** As if this picture had been fetched. */
const setFetched = (name: string) =>
  db().figure.updateMany({ where: { url: url(name) }, data: { hash: "0".repeat(32), width: 9, height: 9 } });

test("an import stores the addresses of pictures, and another order or list of them keeps what was fetched", async () => {
  await list(["a", "b"]);
  expect(await figures()).toEqual([`${id}: a b`]);
  await setFetched("a");
  await list(["b", "a"], "2025-12-12");
  expect(await figures()).toEqual([`${id}: b a*`]);
  await list(["c", "a"], "2025-12-13");
  expect(await figures()).toEqual([`${id}: c a*`]);
  await list([], "2025-12-14");
  expect(await figures()).toEqual([`${id}: c a*`]); // unknown erases nothing
});

test("a listing with a paper twice is saved", async () => {
  await scrapeBody(
    db(),
    hubAnswer(["a", "b"].map((name) => ({ id, day: "2025-12-11", media: [url(name), url("c")] }))),
  );
  expect(await figures()).toEqual([`${id}: b c`]);
});

test("removing a listing restores the pictures of the ones before", async () => {
  await list(["a"]);
  await setFetched("a");
  await list(["b"], "2025-12-12");
  expect(await figures()).toEqual([`${id}: b`]);
  const last = await db().listing.findFirstOrThrow({ orderBy: { id: "desc" } });
  await forgetListing(db(), last.id);
  expect(await figures()).toEqual([`${id}: a`]);
  const first = await db().listing.findFirstOrThrow();
  await forgetListing(db(), first.id);
  expect(await db().figure.count()).toBe(0);
});

test("a bookmarked paper keeps its pictures when its only listing is removed", async () => {
  await list(["a"]);
  await setFetched("a");
  await setMark("local", "Bookmark", [id], true);
  await forgetListing(db(), (await db().listing.findFirstOrThrow()).id);
  expect(await figures()).toEqual([`${id}: a*`]);
});

test("pictures move to the other paper when two papers become one", async () => {
  const text = readFileSync(path.resolve("tests/fixtures/text/day.txt"), "utf8");
  const short = { id: "2402.00009", title: "Ladders", day: "2025-12-12" };
  await scrapeBody(db(), hubAnswer([{ ...short, summary: "", media: [url("a")] }]));
  await scrapeBody(db(), text);
  const { key } = await db().paper.findFirstOrThrow({ where: { title: "Ladders", arxivId: null } });
  await db().figure.create({ data: { paperKey: key, url: url("a"), place: 1 } });
  await db().figure.create({ data: { paperKey: key, url: url("b"), place: 2 } });
  await setFetched("b");
  await scrapeBody(db(), hubAnswer([{ ...short, summary: "One rung at a time." }]));
  expect(await db().paper.count({ where: { title: "Ladders" } })).toBe(1);
  expect(await figures()).toEqual([`${short.id}: a b*`]);
});

test("an import that replaces itself keeps the pictures", async () => {
  const body = hubAnswer([{ id, day: "2025-12-11", media: [url("a")] }]);
  await scrapeBody(db(), body);
  await setFetched("a");
  const listing = parseListing(body, contextOf({}));
  const info = { source: "listing", url: null, at: new Date(), asOf: "2025-12-11", priors: new Map() };
  await saveListing(db(), listing, body, info, fingerprintOf(listing, body));
  expect(await figures()).toEqual([`${id}: a*`]);
});

test("the first start after an update finds the pictures of papers that were already in the library", async () => {
  await prepareLibrary();
  await list(["a", "b"]);
  await list(["a", "c"], "2025-12-12");
  await scrapeBody(
    db(),
    '{"title": "Lamps", "mediaUrls": ["https://cdn.example/d.png"], "id": "2512.00007"}\n',
  );
  const expected = await figures();
  expect(expected).toEqual([`${id}: a c`]);
  await db().figure.deleteMany(); // as the migration leaves it
  await db().revision.update({ where: { id: 1 }, data: { termsVersion: 1 } });
  expect(await prepareLibrary()).toMatchObject({ rederived: true });
  expect(await figures()).toEqual(expected);
  await setFetched("a");
  await db().revision.update({ where: { id: 1 }, data: { termsVersion: 1 } });
  await prepareLibrary();
  expect(await figures()).toEqual([`${id}: a* c`]);
});
