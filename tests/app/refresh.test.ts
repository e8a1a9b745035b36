import Sqlite from "better-sqlite3";
import { expect, test } from "vitest";
import { POST } from "@/app/refresh/route";
import { type AnswerNotes, withNotes } from "@/lib/http/answer";
import { openTestLibrary } from "@/tests/library";

const { db, file } = openTestLibrary();

test("Refresh now starts nothing while another program writes to the library, and says why", async () => {
  const before = await db().refresh.findMany();
  const otherProgram = new Sqlite(file());
  otherProgram.exec("BEGIN IMMEDIATE");
  const notes: AnswerNotes = { status: null, sharedAt: null, sharedUntil: null, problem: null };
  const answer = await withNotes(notes, () => POST());
  otherProgram.close();
  expect(answer.status).toBe(503);
  expect(notes.problem).toBe("another program is writing to it; try again in a moment");
  expect(await db().refresh.findMany()).toEqual(before);
});
