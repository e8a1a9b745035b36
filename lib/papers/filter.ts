import { z } from "zod";
import { defineUrlState } from "../url-state";

/** Longer texts are no question; a page cuts them, the API refuses them. */
export const longestQuestion = 500;

// Nobody types control characters, and a document cannot hold them as they came.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const controls = /[\u0000-\u001f\u007f]+/g;
const question = z
  .string()
  .transform((text) => text.replace(controls, " ").trim())
  .pipe(z.string().max(longestQuestion, `at most ${longestQuestion} characters`));

const day = z.iso.date("a day, YYYY-MM-DD");
const whole = (least: number, most: number) => {
  const expected = `a whole number from ${least} to ${most}`;
  return z
    .string()
    .regex(/^\d{1,7}$/, expected)
    .transform(Number)
    .pipe(z.number().min(least, expected).max(most, expected));
};

/** What a reader can ask of the library: one definition for pages, API and links. */
export const filterState = defineUrlState({
  q: { schema: question, default: "" },
  /** The papers of a day's edition. */
  day: { schema: day.nullable(), default: null },
  /** The first and the last feed day. */
  from: { schema: day.nullable(), default: null },
  to: { schema: day.nullable(), default: null },
  /** null: relevance with `q`, newest without. */
  sort: {
    schema: z.enum(["relevance", "newest", "upvotes"], "relevance, newest or upvotes").nullable(),
    default: null,
  },
  page: { schema: whole(1, 1_000_000), default: 1 },
  limit: { schema: whole(1, 100), default: 20 },
});

export type Filter = ReturnType<typeof filterState.parse>["state"];
