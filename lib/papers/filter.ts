import { z } from "zod";
import { isDay, isMonth, isWeek } from "../days";
import { toTagName } from "../tags/topics";
import { defineUrlState } from "../url-state";

/** A page cuts longer texts; the API refuses them. */
export const maxQueryLength = 500;

// Nobody types control characters, and HTML cannot contain them.
// biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern is meant to match them
const controls = /[\u0000-\u001f\u007f]+/g;
const line = z.string().transform((text) => text.replace(controls, " ").trim());

/** The text of a search. */
export const queryText = line.pipe(z.string().max(maxQueryLength, `at most ${maxQueryLength} characters`));

const day = z.string().refine(isDay, "a date like 2026-08-21");
export const whole = (min: number, max: number) => {
  const expected = `a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d{1,7}$/, expected)
    .transform(Number)
    .pipe(z.number().min(min, expected).max(max, expected));
};
const category = /^([a-z-]+\.[A-Za-z-]+|gr-qc|hep-(ex|lat|ph|th)|math-ph|nucl-(ex|th)|quant-ph)$/;
const name = line.pipe(z.string().min(1, "a name").max(200, "at most 200 characters"));
const authors = whole(0, 100_000).nullable();

/** Everything a list of papers can be filtered by: one definition for pages, API, feeds and links. */
export const filterState = defineUrlState({
  q: { schema: queryText, default: "" },
  /** Several tags: papers with all of them. */
  tag: {
    // In the library's spelling: `LLMs` means `LLM`. arXiv's categories keep theirs.
    schema: line
      .pipe(z.string().min(1, "a tag name").max(100, "at most 100 characters"))
      .transform((name) => (category.test(name) ? name : toTagName(name) || name)),
    default: [],
    many: 10,
  },
  /** An author's name, as papers have it. */
  author: { schema: name.nullable(), default: null },
  /** An organization's full or short name. */
  organization: { schema: name.nullable(), default: null },
  /** Papers in the editions of a day, a week or a month. */
  day: { schema: day.nullable(), default: null },
  week: { schema: z.string().refine(isWeek, "a week like 2026-W34").nullable(), default: null },
  month: { schema: z.string().refine(isMonth, "a month like 2026-08").nullable(), default: null },
  /** The first and last feed day. */
  from: { schema: day.nullable(), default: null },
  to: { schema: day.nullable(), default: null },
  /** Limits on the number of authors. Papers with an unknown number are outside every range. */
  minAuthors: { schema: authors, default: null },
  maxAuthors: { schema: authors, default: null },
  bookmarked: {
    schema: z.enum(["true", "false"], "true or false").transform((text) => text === "true"),
    default: false,
  },
  /** null: by relevance with `q`, newest first without. */
  sort: {
    schema: z.enum(["relevance", "newest", "upvotes"], "relevance, newest or upvotes").nullable(),
    default: null,
  },
  page: { schema: whole(1, 1_000_000), default: 1 },
  limit: { schema: whole(1, 100), default: 20 },
});

export type Filter = ReturnType<typeof filterState.parse>["state"];

/** The effective order. Relevance needs a search. */
export function orderOf({ q, sort }: Filter): "relevance" | "newest" | "upvotes" {
  if (sort === "relevance" && q === "") return "newest";
  return sort ?? (q === "" ? "newest" : "relevance");
}
