import { beforeEach, expect, test } from "vitest";
import { closeDatabase } from "@/lib/db/client";
import { listBookmarks } from "@/lib/readers/bookmarks";
import { findNew, findUnseen, type NextNew } from "@/lib/readers/catch-up";
import { findLastChange, undo } from "@/lib/readers/changes";
import { findForgotten, snooze } from "@/lib/readers/forgotten";
import { findMarks, type Marks, markSeenInPassing, setMark } from "@/lib/readers/marks";
import { readSettings, setSettings } from "@/lib/readers/settings";
import { toSheet } from "@/lib/readers/sheet";
import { setState } from "@/lib/readers/states";
import { describeUndone } from "@/lib/words/describe-changes";
import { hubAnswer } from "@/tests/hub-answer";
import { lockLibrary, openTestLibrary, scrapeBody } from "@/tests/library";

const { db } = openTestLibrary();

const list = (day: string, ...ids: string[]) =>
  scrapeBody(db(), hubAnswer(ids.map((id, at) => ({ id, title: `Title ${id}`, day, upvotes: 9 - at }))));
const bookmarks = async () => (await listBookmarks("local")).papers.map(({ id }) => id);
const seen = async (day: string) => (await findMarks("local", { day })).seen.sort();
const queue = async () =>
  (await findUnseen("local")).days.map(({ day, papers }) => [day, ...papers.map(({ id }) => id)].join(" "));

type Queue = { unseen: string; next: NextNew };
const nothingNew: Queue = { unseen: "", next: null };

const day = ["2512.00001", "2512.00002", "2512.00003"];

beforeEach(() => list("2025-12-10", ...day));

test("changes are undone one by one, each with the message that it had", async () => {
  await setMark("local", "Bookmark", ["2512.00001"], true);
  await setMark("local", "Bookmark", ["2512.00002"], true);
  await setMark("local", "Bookmark", ["2512.00001"], false);
  await setMark("local", "Seen", day, true);
  expect(await seen("2025-12-10")).toHaveLength(3);
  expect((await findLastChange("local"))?.paper ?? null).toBeNull();
  expect(await undo("local")).toBe("Marked 3 papers as seen");
  expect(await seen("2025-12-10")).toEqual([]);
  expect(await undo("local")).toBe("Removed from library");
  expect(await bookmarks()).toEqual(["2512.00002", "2512.00001"]); // in its old place
  expect(await undo("local")).toBe("Added to library");
  expect(await bookmarks()).toEqual(["2512.00001"]);
  expect(await undo("local")).toBe("Added to library");
  expect(await bookmarks()).toEqual([]);
  expect(await undo("local")).toBeNull();
});

test("each change has a short message, with the number of papers if there are several", async () => {
  const message = async () => (await findLastChange("local"))?.message;
  await setMark("local", "Seen", ["2512.00001"], true);
  expect(await message()).toBe("Marked as seen");
  await setMark("local", "Seen", ["2512.00001"], false);
  expect(await message()).toBe("Marked as new");
  await setMark("local", "Bookmark", day, true);
  await setMark("local", "Bookmark", day, false);
  expect(await message()).toBe("Removed 3 papers from library");
  await setSettings("local", { order: "newest" });
  expect(describeUndone((await message()) ?? "")).toBe("Order restored");
  expect(describeUndone("Added to library")).toBe("Undone: Added to library");
});

test("an undo restores only what its change marked, not what was marked before or since", async () => {
  await setMark("local", "Seen", ["2512.00001"], true);
  await setMark("local", "Seen", day, true);
  expect((await findLastChange("local"))?.message).toBe("Marked 2 papers as seen");
  await setMark("local", "Bookmark", ["2512.00003"], true);
  await undo("local");
  await undo("local");
  expect(await seen("2025-12-10")).toEqual(["2512.00001"]);
});

test("setting a mark again is not a change, and marking a paper as seen by passing it cannot be undone", async () => {
  await setMark("local", "Bookmark", ["2512.00001"], true);
  await setMark("local", "Bookmark", ["2512.00001"], true);
  expect(await markSeenInPassing("local", ["2512.00001", "2512.00002"])).toBe(true);
  expect(await seen("2025-12-10")).toEqual(["2512.00001", "2512.00002"]);
  expect(await undo("local")).toBe("Added to library");
  expect(await bookmarks()).toEqual([]);
  expect(await undo("local")).toBeNull();
  expect(await seen("2025-12-10")).toHaveLength(2);
});

test("marking an unknown paper is refused, and marking by several ids or an id with a version works", async () => {
  expect(await setMark("local", "Bookmark", ["2512.99999"], true)).toBe(false);
  expect(await markSeenInPassing("local", ["t-000000000000"])).toBe(false);
  expect(await setMark("local", "Bookmark", ["2512.00001v2", "2512.00002"], true)).toBe(true);
  expect((await bookmarks()).sort()).toEqual(["2512.00001", "2512.00002"]);
  expect((await findLastChange("local"))?.message).toBe("Added 2 papers to library");
});

test("an undo of a change that is no longer the last does nothing", async () => {
  await setMark("local", "Bookmark", ["2512.00001"], true);
  const known = (await findLastChange("local"))?.id;
  expect((await findLastChange("local"))?.paper).toEqual({ id: "2512.00001", title: "Title 2512.00001" });
  await setMark("local", "Bookmark", ["2512.00002"], true);
  expect(await undo("local", known)).toBeNull();
  expect((await bookmarks()).sort()).toEqual(["2512.00001", "2512.00002"]);
  expect(await undo("local", (await findLastChange("local"))?.id)).toBe("Added to library");
  expect(await bookmarks()).toEqual(["2512.00001"]);
  expect(await undo("local", known)).toBe("Added to library");
  expect(await bookmarks()).toEqual([]);
});

test("an undo skips deleted papers", async () => {
  await setMark("local", "Bookmark", ["2512.00001", "2512.00002"], true);
  await setMark("local", "Bookmark", ["2512.00001", "2512.00002"], false);
  await db().paper.delete({ where: { id: "2512.00001" } });
  await undo("local");
  expect(await bookmarks()).toEqual(["2512.00002"]);
});

test("the last hundred changes of each reader are remembered", async () => {
  await db().reader.create({ data: { id: "ada", settings: "{}" } });
  await setMark("ada", "Bookmark", ["2512.00002"], true);
  for (let at = 0; at < 103; at++) await setMark("local", "Bookmark", ["2512.00001"], at % 2 === 0);
  await setMark("ada", "Bookmark", ["2512.00003"], true);
  expect(await db().change.count({ where: { readerId: "local" } })).toBe(100);
  expect(await db().change.count({ where: { readerId: "ada" } })).toBe(2);
});

test("catching up starts at the edition that was the latest when the first paper was seen, and has each paper once", async () => {
  await list("2025-12-09", "2512.00009");
  expect(await queue()).toEqual(["2025-12-10 2512.00001 2512.00002 2512.00003"]); // nothing was seen yet
  await markSeenInPassing("local", ["2512.00001"]);
  await list("2025-12-11", "2512.00004", "2512.00002");
  expect(await findUnseen("local")).toMatchObject({ since: "2025-12-10", ids: { length: 3 } });
  expect(await queue()).toEqual(["2025-12-10 2512.00002 2512.00003", "2025-12-11 2512.00004"]);
  const { ids } = await findUnseen("local");
  expect(ids).toEqual(["2512.00002", "2512.00003", "2512.00004"]);
  await setMark("local", "Seen", ids, true);
  expect(await findUnseen("local")).toEqual({ since: "2025-12-10", ids: [], days: [] });
  await undo("local");
  expect((await findUnseen("local")).ids).toHaveLength(3);
});

test("an empty library has nothing to catch up on", async () => {
  await db().paper.deleteMany();
  expect(await findUnseen("local")).toEqual({ since: null, ids: [], days: [] });
});

test("the next edition with new papers is a later one, or else the earliest in the queue", async () => {
  await markSeenInPassing("local", ["2512.00001"]);
  await list("2025-12-11", "2512.00004");
  await list("2025-12-12", "2512.00005", "2512.00006");
  expect((await findNew("local", null)).unseen).toBe("5");
  expect((await findNew("local", "2025-12-10")).next).toEqual({ day: "2025-12-11", papers: 1, isNear: true });
  expect((await findNew("local", "2025-12-11")).next).toEqual({ day: "2025-12-12", papers: 2, isNear: true });
  expect((await findNew("local", "2025-12-12")).next).toEqual({ day: "2025-12-10", papers: 2, isNear: true });
  await setMark("local", "Seen", (await findUnseen("local")).ids, true);
  // An edition from before the queue leads on to the next one, too.
  await list("2025-11-11", "2511.00001");
  await list("2025-11-20", "2511.00002");
  expect((await findNew("local", "2025-11-11")).next).toEqual({
    day: "2025-11-20",
    papers: 1,
    isNear: false,
  });
  expect((await findNew("local", "2025-12-10")).next).toBeNull();
  expect((await findNew("local", null)).unseen).toBe("");
});

test("settings have defaults, can be changed and undone, and survive unknown stored values", async () => {
  const before = await readSettings("local");
  expect(before).toEqual({
    density: "compact",
    theme: "system",
    order: "hub",
    pictures: "on",
    keys: "on",
    markSeen: "auto",
  });
  await setSettings("local", { theme: "dark", density: "titles" });
  await setSettings("local", { theme: "dark" });
  expect(await readSettings("local")).toEqual({ ...before, theme: "dark", density: "titles" });
  expect(await undo("local")).toBe("Card view and theme changed");
  expect(await readSettings("local")).toEqual(before);
  await db().reader.updateMany({ data: { settings: '{"theme":"sepia","keys":"off","more":1}' } });
  expect(await readSettings("local")).toEqual({ ...before, keys: "off" });
});

test("the reader's style sheet says how many papers are new and escapes the message of a change", async () => {
  const settings = await readSettings("local");
  const sheet = (marks: Partial<Marks>, message: string | null = null, queue: Queue = nothingNew) =>
    toSheet({
      settings,
      marks: { bookmarked: [], seen: [], said: [], total: 0, ...marks },
      last: message === null ? null : { id: 7, message, madeAt: new Date(), paper: null, isNewest: true },
      queue,
    });
  expect(sheet({ total: 3 })).toContain('[data-progress]::before{content:"3 papers"}');
  expect(sheet({ total: 3 })).toContain('[data-new]::before{content:"3 new"}');
  const halfway = sheet({ total: 3, seen: ["a", "b"] });
  expect(halfway).toContain('[data-progress]::before{content:"2 of 3 seen"}');
  expect(halfway).toContain('[data-new]::before{content:"1 new"}');
  expect(halfway).toContain('[data-done]::before{content:"2 of 3 seen."}');
  expect(halfway).toContain("[data-next]{display:none}");
  const done = sheet({ total: 1, seen: ["a"], bookmarked: ["a"] }, null, {
    unseen: "99+",
    next: { day: "2025-12-11", papers: 14, isNear: true },
  });
  expect(done).toContain("[data-new]::before{content:none}");
  expect(done).toContain('[data-done]::before{content:"Done. 1 bookmarked."}');
  expect(done).toContain('[data-next]::after{content:": Thursday has 14 new"}');
  expect(done).toContain('[data-unseen]::after{content:"99+"}');
  expect(sheet({ bookmarked: ["a"] })).toContain('[id="p-a"]) [name=keep]{display:none}');
  expect(sheet({}, 'a"}\\<\n')).toContain('content:"a\\22 }\\5c \\3c \\a "');
  const old = toSheet({
    settings,
    last: { id: 7, message: "x", madeAt: new Date(0), paper: { id: "1", title: "A $k$-th" }, isNewest: true },
  });
  expect(old).toContain(':is([data-last],[data-undo]>span)::before{content:"x: A k-th"}');
  expect(old).toContain("--change:7}");
  expect(old).not.toContain("[data-undo]:not");
});

test("after an undo, the change before it is not shown as if it had just happened, but a new change is", async () => {
  const bar = async () =>
    toSheet({ settings: await readSettings("local"), last: await findLastChange("local") });
  await setMark("local", "Bookmark", ["2512.00001"], true);
  await setSettings("local", { theme: "dark" });
  expect(await bar()).toContain("[data-undo]:not");
  expect(await bar()).toContain('[data-undo]>span)::before{content:"Theme changed"}');
  await undo("local");
  expect(await bar()).not.toContain("[data-undo]:not");
  expect(await bar()).toContain('{content:"Added to library: Title 2512.00001"}'); // Settings still offers it
  await setMark("local", "Seen", ["2512.00002"], true);
  expect(await bar()).toContain("[data-undo]:not");
  expect(await bar()).toContain('{content:"Marked as seen: Title 2512.00002"}');
});

test("the reader's style sheet names the watches of papers, and folds muted papers in editions", async () => {
  const settings = await readSettings("local");
  const sheet = toSheet({
    settings,
    watched: [
      { id: "a", marking: ["Kettles", 'Say "no"'], muting: [], isNew: false },
      { id: "b", marking: [], muting: ["Ladders"], isNew: false },
      { id: "c", marking: ["Kettles"], muting: ["Ladders"], isNew: true },
    ],
  });
  expect(sheet).toContain('[id="p-a"]) h3::after{content:"Matches Kettles, Say \\22 no\\22 "}');
  expect(sheet).toContain('[data-mutes] :is([id="p-b"]) h3::after{content:"Muted: Ladders"}');
  expect(sheet).toContain('[id="p-c"]) h3::after{content:"New here · Matches Kettles"}');
  expect(sheet).toContain('[data-mutes] :is([id="p-b"]) :is([data-key]');
  expect(toSheet({ settings })).not.toContain("data-watch");
  expect(toSheet({ settings, isWatching: true })).toContain("[data-watch]{display:none}");
});

test("a paper that was bookmarked long ago and never opened comes back, until it rests", async () => {
  const at = (days: number) => new Date(Date.now() - days * 86_400_000);
  await setMark("local", "Bookmark", ["2512.00001", "2512.00002", "2512.00003"], true);
  const age = async (id: string, days: number) => {
    const { key } = await db().paper.findUniqueOrThrow({ where: { id } });
    await db().bookmark.updateMany({ where: { paperKey: key }, data: { createdAt: at(days) } });
  };
  expect(await findForgotten("local")).toBeNull();
  await age("2512.00001", 90);
  await age("2512.00002", 70);
  expect((await findForgotten("local"))?.id).toBe("2512.00001");
  expect(await snooze("local")).toBe(true);
  expect(await findForgotten("local")).toBeNull();
  expect((await findForgotten("local", at(-1)))?.id).toBe("2512.00002");
  const sheet = toSheet({
    settings: await readSettings("local"),
    forgotten: await findForgotten("local", at(-1)),
  });
  expect(sheet).toContain('[data-forgotten=title]::after{content:"Title 2512.00002"}');
  await setMark("local", "Seen", ["2512.00002"], true);
  expect(await findForgotten("local", at(-1))).toBeNull();
  expect(await snooze("local", at(-1))).toBe(false);
  expect((await findForgotten("local", at(-31)))?.id).toBe("2512.00001");
  await setState("local", ["2512.00001"], "read");
  expect(await findForgotten("local", at(-31))).toBeNull();
});

test("the setting for pictures hides them in the style sheet", async () => {
  const sheet = async () => toSheet({ settings: await readSettings("local") });
  expect(await sheet()).not.toContain("data-figure");
  await setSettings("local", { pictures: "off" });
  expect(await sheet()).toContain("[data-figure]{display:none}");
  expect(await undo("local")).toBe("Pictures changed");
  expect(await sheet()).not.toContain("data-figure");
});

test("a change waits for another process's write, and is made once", async () => {
  const unlock = await lockLibrary();
  // The site's own connection does not wait by itself (lib/db/sqlite/retry-while-locked.ts).
  await closeDatabase();
  const change = setMark("local", "Bookmark", ["2512.00001"], true);
  const passing = markSeenInPassing("local", ["2512.00002"]);
  await new Promise((resolve) => setTimeout(resolve, 150));
  await unlock();
  expect([await change, await passing]).toEqual([true, true]);
  expect(await bookmarks()).toEqual(["2512.00001"]);
  expect(await undo("local")).toBe("Added to library");
  expect(await bookmarks()).toEqual([]);
  expect(await undo("local")).toBeNull();
});
