import { expect, test } from "vitest";
import { POST } from "@/app/refresh/route";
import { type AnswerNotes, withNotes } from "@/lib/http/answer";
import { lockLibrary, openTestLibrary } from "@/tests/library";

const { db } = openTestLibrary();

const post = (fields?: Record<string, string>) =>
  new Request("http://localhost/refresh", {
    method: "POST",
    ...(fields ? { body: new URLSearchParams(fields) } : {}),
  });

test("Refresh now starts nothing while another program writes to the library, and says why", async () => {
  const before = await db().refresh.findMany();
  const unlock = await lockLibrary();
  const notes: AnswerNotes = { status: null, sharedAt: null, sharedUntil: null, problem: null };
  const answer = await withNotes(notes, () => POST(post()));
  await unlock();
  expect(answer.status).toBe(503);
  expect(notes.problem).toBe("another program is writing to it; try again in a moment");
  expect(await db().refresh.findMany()).toEqual(before);
});

test("a day that cannot be on Hugging Face is refused, and starts nothing", async () => {
  const before = await db().refresh.findMany();
  for (const day of [
    "2025-02-30",
    "2023-05-03",
    "2999-01-01",
    "2025-12-11 --replay",
    "--help",
    "yesterday",
    "",
  ]) {
    const answer = await POST(post({ day }));
    expect([day, answer.status]).toEqual([day, 400]);
    expect(await answer.text()).toMatch(
      /^Broadsheet: expected no day, or one from 2023-05-04 to \d{4}-\d\d-\d\d\.\n$/,
    );
  }
  expect(await db().refresh.findMany()).toEqual(before);
});

test("while a refresh is running, a day is not fetched, and the page after it says so", async () => {
  const now = new Date();
  await db().refresh.update({ where: { id: 1 }, data: { startedAt: now, beatAt: now, finishedAt: null } });
  expect((await POST(post({ day: "2025-12-11" }))).headers.get("location")).toBe(
    "/sources?waiting=2025-12-11",
  );
  expect((await POST(post())).headers.get("location")).toBe("/sources");
});
