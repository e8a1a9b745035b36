import Sqlite from "better-sqlite3";
import { expect, test } from "vitest";
import { POST } from "@/app/refresh/route";
import { type AnswerNotes, withNotes } from "@/lib/http/answer";
import { openTestLibrary } from "@/tests/library";

const { db, file } = openTestLibrary();

test("Refresh now, pressed while another program writes, begins nothing and says what is in the way", async () => {
  const before = await db().refresh.findMany();
  const other = new Sqlite(file());
  other.exec("BEGIN IMMEDIATE");
  const notes: AnswerNotes = { status: null, sharedAt: null, problem: null };
  const answer = await withNotes(notes, () => POST());
  other.close();
  expect(answer.status).toBe(503);
  expect(notes.problem).toBe("another program is writing to it; try again in a moment");
  expect(await db().refresh.findMany()).toEqual(before);
});
