import { z } from "zod";
import { isDay, isMonth, isWeek } from "../days";
import { type Sort, sorts } from "../search/language";
import type { OwnNames } from "../search/qualifiers";
import { flatten, has, type Tree, wantedTerms } from "../search/tree";
import { defineUrlState, type Problem, type SearchParams } from "../url-state";
import { readText, toTag } from "./query";

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
const name = line.pipe(z.string().min(1, "a name").max(200, "at most 200 characters"));
const authors = whole(0, 100_000).nullable();

const yesNo = z.enum(["true", "false"], "true or false").transform((text) => text === "true");
const orderName = z.enum(sorts, "relevance, newest, upvotes or bookmarked").nullable();

/** What a list of papers shows: one definition for pages, API, feeds and links. The text has all conditions. */
export const filterState = defineUrlState({
  q: { schema: queryText, default: "" },
  /** null: the order that the text names; without one, by relevance with words, and newest first without. */
  sort: { schema: orderName, default: null },
  /** Whether the words are searched for as they are spelled, however little they find. */
  exact: { schema: yesNo, default: false },
  page: { schema: whole(1, 1_000_000), default: 1 },
  limit: { schema: whole(1, 100), default: 20 },
});

export type Filter = typeof filterState.defaults;

/** Conditions that may also stand in an address on their own. They mean what their text means. */
export const conditionState = defineUrlState({
  /** Several tags: papers with all of them. */
  tag: {
    schema: line.pipe(z.string().min(1, "a tag name").max(100, "at most 100 characters")).transform(toTag),
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
  bookmarked: { schema: yesNo, default: false },
});

type Conditions = typeof conditionState.defaults;

/** A filter that may have conditions beside its text. */
export type Asked = Partial<Filter & Conditions>;

/** The filter of an address, with everything in its text. `problems` are the values that were not understood. */
export function readFilter(params: SearchParams): { filter: Filter; problems: Problem[] } {
  const { state, problems } = filterState.parse(params);
  const conditions = conditionState.parse(params);
  const folded = filterOf({ ...state, ...conditions.state });
  return { filter: folded, problems: [...problems, ...conditions.problems] };
}

/** A filter with conditions as text. An order that the text names becomes the filter's, if it has none. */
export function filterOf(asked: Asked): Filter {
  const { q, ...view } = toFilter({ ...filterState.defaults, ...asked });
  const condition = toText(asked);
  if (q === "") return { q: condition, ...view }; // hundreds of links on a page
  const { text, order } = readText(withCondition(q, condition));
  return { q: text, ...view, sort: view.sort ?? order };
}

const toFilter = ({ q, sort, exact, page, limit }: Filter): Filter => ({ q, sort, exact, page, limit });

/** A text narrowed by a condition. */
export function withCondition(q: string, condition: string): string {
  if (q === "" || condition === "") return q || condition;
  // A quote without a partner would find one in the condition.
  if (q.split('"').length % 2 === 0) return `${condition} ${q}`;
  return `${readText(q).isAlternative ? `(${q})` : q} ${condition}`;
}

/** The address of a list of papers. */
export const listPath = (asked: Asked, path = "/papers") => filterState.href(path, filterOf(asked));

/** Conditions as they would be typed. */
export function toText(asked: Partial<Conditions>): string {
  const { tag, author, organization, day, week, month, from, to, minAuthors, maxAuthors, bookmarked } = asked;
  const parts = (tag ?? []).map((name) => qualify("tag", name));
  if (author) parts.push(`author:${quote(author)}`);
  if (organization) parts.push(`org:${quote(organization)}`);
  for (const period of [day, week, month]) if (period) parts.push(`listed:${period}`);
  if (from || to) parts.push(from === to ? `date:${from}` : `date:${from ?? ""}..${to ?? ""}`);
  const [min, max] = [minAuthors ?? null, maxAuthors ?? null];
  if (min !== null || max !== null) parts.push(`authors:${min ?? ""}..${max ?? ""}`);
  if (bookmarked) parts.push("is:bookmarked");
  return parts.join(" ");
}

// A quote cannot stand within quotes. Where one is left out, the words around it still match.
const quote = (name: string) => `"${name.replaceAll('"', " ")}"`;

/** A qualifier with a name, in quotes if it needs them. */
export const qualify = (qualifier: string, name: string) =>
  `${qualifier}:${/^[\p{L}\p{N}.-]+$/u.test(name) ? name : quote(name)}`;

type Bounds = Pick<Conditions, "from" | "to" | "minAuthors" | "maxAuthors" | "bookmarked">;

/** The conditions of a text that a form can show, and the rest of the text. */
export function readBounds(q: string): Bounds & { rest: string } {
  const bounds: Bounds = { from: null, to: null, minAuthors: null, maxAuthors: null, bookmarked: false };
  let rest = q;
  for (const part of readText(q).parts) {
    const { tree } = part;
    if ("range" in tree && !bounds.from && !bounds.to) Object.assign(bounds, tree.range);
    else if ("row" in tree && "own" in tree.row && tree.row.own === "bookmarked") bounds.bookmarked = true;
    else if ("row" in tree && "number" in tree.row && tree.row.number === "authors")
      [bounds.minAuthors, bounds.maxAuthors] = [tree.row.bounds.from, tree.row.bounds.to];
    else continue;
    rest = rest.replace(part.text, "").replace(/\s+/g, " ").trim();
  }
  return { ...bounds, rest };
}

/** The effective order. Relevance needs words, and the order of bookmarks a list of bookmarked papers. */
export function orderOf({ q, sort }: Filter): Sort {
  const natural = hasWords(q) ? "relevance" : "newest";
  if (sort === "bookmarked" && !flatten(readText(q).tree).some(isBookmarked)) return natural;
  return sort === null || (sort === "relevance" && natural === "newest") ? natural : sort;
}

/** Whether a text has words for relevance to look at. */
export const hasWords = (q: string) => q !== "" && wantedTerms(readText(q).tree).length > 0;

/** Whether a filter's answer is the same for every reader and on every day, until the library changes. */
export const isShared = (filter: Filter, own: OwnNames | null) =>
  !isOwn(filter, own) && !readText(filter.q).isTimed;

/** Whether a filter asks for the reader's own papers, also by a tag of their own, so that its answer is theirs alone. */
export const isOwn = ({ q }: Filter, own: OwnNames | null) =>
  has(readText(q, own).tree, (part) => "row" in part && "own" in part.row);

function isBookmarked(part: Tree): boolean {
  if (!("row" in part && "own" in part.row)) return false;
  const { own } = part.row;
  return own === "bookmarked" || (typeof own === "object" && "state" in own);
}
