import { beforeEach, expect, test } from "vitest";
import { type Asked, findDigest } from "@/lib/digest/find-digest";
import { findNextDigest } from "@/lib/digest/find-next";
import { shownPapers } from "@/lib/digest/words";
import { setMark } from "@/lib/readers/marks";
import { saveWatch } from "@/lib/readers/watches";
import { hubAnswer } from "@/tests/hub-answer";
import { openTestLibrary, scrapeBody } from "@/tests/library";

const { db } = openTestLibrary();

type Listed = Parameters<typeof hubAnswer>[0][number];
const list = (day: string, papers: Omit<Listed, "day">[]) =>
  scrapeBody(db(), hubAnswer(papers.map((paper) => ({ ...paper, day }))), { pageDate: day });
const find = (asked: Partial<Asked> = {}) =>
  findDigest({
    ...{ q: "", name: "Daily papers", rhythm: "daily", day: "2025-12-11", since: "2025-12-11" },
    ...{ sent: [], reader: null },
    ...asked,
  });
const groupsOf = async (asked: Partial<Asked> = {}) => {
  const digest = await find(asked);
  return (
    digest && [
      digest.lead?.id,
      ...digest.groups.map(({ title, papers }) => [title, ...papers.map(({ id }) => id)]),
    ]
  );
};
const many = (number: number, day: string) =>
  Array.from({ length: number }, (_, index) => ({
    id: `2511.${day.slice(-2)}${String(index).padStart(3, "0")}`,
    upvotes: index,
  }));

beforeEach(async () => {
  await list("2025-12-10", [
    { id: "2512.00001", title: "Kettles", upvotes: 3 },
    { id: "2512.00002", title: "Tea pots", upvotes: 9 },
  ]);
  await list("2025-12-11", [
    { id: "2512.00012", title: "Kettles sing", upvotes: 5 },
    { id: "2512.00011", title: "Cups", upvotes: 50 },
    { id: "2512.00013", title: "More kettles", upvotes: 7 },
  ]);
});

test("a day's digest has its edition in the edition's order, the first paper leads, and all are in its keys", async () => {
  expect(await groupsOf()).toEqual(["2512.00012", ["More of the day", "2512.00011", "2512.00013"]]);
  const digest = await find();
  expect(digest).toMatchObject({ name: "Daily papers", q: "", rhythm: "daily", day: "2025-12-11" });
  const rows = await db().paper.findMany({
    where: { key: { in: digest?.keys ?? [] } },
    select: { id: true },
  });
  expect(rows.map(({ id }) => id).sort()).toEqual(["2512.00011", "2512.00012", "2512.00013"]);
});

test("a search has its papers of the day alone, and nothing is no digest", async () => {
  expect(await groupsOf({ q: "kettle" })).toEqual(["2512.00012", ["More of the day", "2512.00013"]]);
  expect(await groupsOf({ q: "kettle OR cups" })).toEqual([
    "2512.00012",
    ["More of the day", "2512.00011", "2512.00013"],
  ]);
  expect(await find({ q: "zebra" })).toBeNull();
  expect(await find({ day: "2025-12-12", since: "2025-12-12" })).toBeNull();
  expect(await find({ q: "kettle", rhythm: "weekly", day: "2025-12-21", since: "2025-12-15" })).toBeNull();
});

test("a paper that came late is in the next digest, once", async () => {
  const first = await find({ q: "kettle", day: "2025-12-10", since: "2025-12-10" });
  expect(first?.lead?.id).toBe("2512.00001");
  await list("2025-12-10", [{ id: "2512.00003", title: "A late kettle" }]);
  const asked = { q: "kettle", since: "2025-12-10", sent: first?.keys ?? [] };
  expect(await groupsOf(asked)).toEqual([
    "2512.00012",
    ["More of the day", "2512.00013"],
    ["Added to earlier editions", "2512.00003"],
  ]);
  const second = await find(asked);
  expect(await find({ ...asked, sent: [...asked.sent, ...(second?.keys ?? [])] })).toBeNull();
  // Without other papers, a late one leads.
  const sent = (second?.keys ?? []).slice(0, 2);
  expect(await groupsOf({ ...asked, sent: [...asked.sent, ...sent] })).toEqual(["2512.00003"]);
});

test("a mail shows at most 60 papers of a day and 30 of a week, and its keys have all", async () => {
  await list("2025-12-12", many(75, "2025-12-12"));
  const day = await find({ day: "2025-12-12", since: "2025-12-12" });
  expect([day && shownPapers(day).length, day?.keys.length]).toEqual([60, 75]);
  const week = await find({ rhythm: "weekly", day: "2025-12-14", since: "2025-12-08" });
  expect([week && shownPapers(week).length, week?.keys.length]).toEqual([30, 80]);
  const upvotes = week ? shownPapers(week).map((paper) => paper.upvotes ?? 0) : [];
  expect(upvotes).toEqual(upvotes.toSorted((a, b) => b - a));
  expect(upvotes[0]).toBe(74);
});

test("what rose this week is not among the papers of the mail, nor in a mail of another time", async () => {
  const rising = async (asked: Partial<Asked>) =>
    (await find(asked))?.rising.map(({ id, gained }) => [id, gained]);
  expect(await rising({})).toEqual([
    ["2512.00002", 9],
    ["2512.00001", 3],
  ]);
  expect(await rising({ rhythm: "weekly", day: "2025-12-14", since: "2025-12-08" })).toEqual([]);
  await list("2025-11-01", [{ id: "2511.00001" }]);
  expect(await rising({ day: "2025-11-01", since: "2025-11-01" })).toEqual([]);
});

test("a reader's own papers are in their digest, and in nobody else's", async () => {
  await setMark("local", "Bookmark", ["2512.00011"], true);
  expect(await groupsOf({ q: "is:bookmarked", reader: "local" })).toEqual(["2512.00011"]);
  expect(await find({ q: "is:bookmarked" })).toBeNull();
  expect(await groupsOf({ q: "cups -is:bookmarked" })).toEqual(["2512.00011"]);
});

test("the reader's watches come first, each paper once, only with new papers, and without those that mute", async () => {
  await saveWatch("local", { name: "Everything", q: "-nothing", mutes: false });
  await saveWatch("local", { name: "Cups", q: "id:2512.00011", mutes: true });
  await saveWatch("local", { name: "A kettle", q: "id:2512.00013", mutes: false });
  await saveWatch("local", { name: "Old", q: "id:2512.00001", mutes: false });
  expect(await groupsOf({ reader: "local" })).toEqual([
    "2512.00012",
    ["A kettle", "2512.00013"],
    ["Everything", "2512.00011"],
  ]);
});

test("an age counts from the digest's day", async () => {
  expect(await groupsOf({ q: "kettle age:<2d", since: "2025-12-01" })).toEqual([
    "2512.00012",
    ["More of the day", "2512.00013"],
    ["Added to earlier editions", "2512.00001"],
  ]);
  expect(await groupsOf({ q: "kettle age:<1d", since: "2025-12-01" })).toEqual([
    "2512.00012",
    ["More of the day", "2512.00013"],
  ]);
});

test("the next digest is of the latest edition, or of its week", async () => {
  expect(await findNextDigest("", "daily", "local")).toMatchObject({
    name: "Daily papers",
    day: "2025-12-11",
  });
  const weekly = await findNextDigest("kettle", "weekly", null);
  expect(weekly).toMatchObject({ name: "kettle", day: "2025-12-14" });
  expect(weekly && shownPapers(weekly).map(({ id }) => id)).toEqual([
    "2512.00013",
    "2512.00012",
    "2512.00001",
  ]);
});
