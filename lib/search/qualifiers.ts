import {
  type Day,
  formatDay,
  formatRange,
  isDay,
  isMonth,
  isWeek,
  monthEnd,
  moveDay,
  weekStart,
} from "../days";
import { foldName } from "../fold-name";
import { readingStates, stateNames } from "../words/reading-states";
import { clausesOf, phraseClause } from "./clauses";
import { type Label, toLabel, toWordLabel } from "./labels";
import { scan } from "./tokens";
import type { Bounds, Field, Own, Range, Tree } from "./tree";

/** What a qualifier and its value ask for, as a tree and in words. `note`: a sentence about it for the reader. */
export type Understood = { tree: Tree; said: string; note?: string };

/** What the reader's own things are called: whether they have a tag with this label, and a list with this folded name. */
export type OwnNames = { hasTag: (label: Label) => boolean; hasList: (folded: string) => boolean };

/** What a reader's text is read with. */
export type Context = {
  /** The day that an age is counted from. */
  today: () => Day;
  /** The library's name of a tag: `LLM` for `Large Language Models`. */
  toTagName: (name: string) => string;
  /** Null if the reader is not known. */
  own?: OwnNames | null;
};

type Read = (value: string, isQuoted: boolean, context: Context) => Understood | null;
/** `expected` completes "has: takes …". */
type Qualifier = { read: Read; expected: string };

/** The fields whose words can be searched on their own, and how a text in one is said. */
export const fields: Record<string, { field: Field; said: string }> = {
  title: { field: "title", said: "in the title" },
  intitle: { field: "title", said: "in the title" },
  abstract: { field: "abstract", said: "in the abstract" },
  author: { field: "authors", said: "among the authors" },
};

const days =
  "a day, week, month or year, today or yesterday, or two of these with .. between, such as date:2025-08";
const numbers = "a number, such as >=20, <5 or 10..20";

/** Every qualifier except those of fields, by the name that is typed before the colon. */
export const qualifiers: Record<string, Qualifier> = {
  tag: {
    read: (name, _, { toTagName, own }) => {
      const labels = [...new Set([toLabel("tag", name), toLabel("tag", toTagName(name) || name)])];
      const owned = labels.filter((label) => own?.hasTag(label));
      const either = [
        ...labels.map((label): Tree => ({ label })),
        ...owned.map((tag): Tree => ({ row: { own: { tag } } })),
      ];
      const [only, ...more] = either;
      return { tree: only && more.length === 0 ? only : { or: either }, said: `tagged ${name}` };
    },
    expected: "the name of a tag",
  },
  org: { read: readNames("organization", "from"), expected: "the name of an organization" },
  organization: { read: readNames("organization", "from"), expected: "the name of an organization" },
  submitter: { read: readNames("submitter", "submitted by"), expected: "the name of a submitter" },
  id: { read: readId, expected: "the id of a paper, such as id:2508.04581" },
  date: { read: readDays((range) => ({ range }), "from"), expected: days },
  published: { read: readDays((range) => ({ row: { published: range } }), "published"), expected: days },
  listed: { read: readDays((range) => ({ row: { listed: range } }), "listed"), expected: days },
  week: {
    read: (value) => (isWeek(value) ? (qualifiers.date?.read(value, false, none) ?? null) : null),
    expected: "a week, such as week:2025-W32",
  },
  after: {
    read: (value, _, context) => {
      const period = toPeriod(value, context);
      return period && toDays({ from: period.first, to: null });
    },
    expected: days,
  },
  before: {
    read: (value, _, context) => {
      const period = toPeriod(value, context);
      return period && toDays({ from: null, to: moveDay(period.first, -1) });
    },
    expected: days,
  },
  age: { read: readAge, expected: "an age in days, weeks, months or years, such as age:<30d" },
  upvotes: { read: readNumber("upvotes", "upvote"), expected: numbers },
  comments: { read: readNumber("comments", "comment"), expected: numbers },
  authors: { read: readNumber("authors", "author"), expected: numbers },
  has: {
    read: (value) => {
      const name = value.toLowerCase();
      if (name === "note") return { tree: { row: { own: { note: null } } }, said: "with a note" };
      if (name === "comments") return readNumber("comments", "comment")(">0", false, none);
      const said = haves.get(name);
      return said ? { tree: { label: toLabel("has", name) }, said } : null;
    },
    expected: "code, project, comments or note",
  },
  // Read before all others (language.ts).
  sort: { read: () => null, expected: "relevance, newest, upvotes or bookmarked" },
  is: {
    read: (value) => {
      const [own, said] = owns.get(value.toLowerCase()) ?? [];
      return own && said ? { tree: { row: { own } }, said } : null;
    },
    expected: "bookmarked, toread, reading, read, archived or new",
  },
  list: {
    read: (name, _, { own }) => {
      const list = foldName(name);
      if (list === "") return null;
      const understood = { tree: { row: { own: { list } } }, said: `in your list ${name}` };
      return own && !own.hasList(list) ? { ...understood, note: `No list is called “${name}”.` } : understood;
    },
    expected: "the name of one of your lists",
  },
  note: {
    read: (value, isQuoted) => {
      const words = isQuoted ? phraseClause(value) : clausesOf(value);
      if (words.length === 0) return null;
      const note: Tree = { and: words };
      return { tree: { row: { own: { note } } }, said: `${isQuoted ? `“${value}”` : value} in your note` };
    },
    expected: "words of a note",
  },
};

// For those that read the value alone.
const none: Context = { today: () => "", toTagName: (name) => name };

const owns = new Map<string, readonly [Own, string]>([
  ["bookmarked", ["bookmarked", "in your library"]],
  ["new", ["new", "new to you"]],
  ...readingStates.map((state) => [state, [{ state }, stateNames[state].toLowerCase()]] as const),
]);

const haves = new Map([
  ["code", "with code"],
  ["project", "with a project page"],
]);

/** Text within a field, as a tree and in words. Null for a text without words. */
export function readInField(name: string, value: string, isQuoted: boolean): Understood | null {
  const known = Object.hasOwn(fields, name) ? fields[name] : undefined;
  const [first, ...more] = isQuoted ? phraseClause(value) : clausesOf(value);
  if (!known || !first) return null;
  const of: Tree = more.length === 0 ? first : { and: [first, ...more] };
  return { tree: { field: known.field, of }, said: `${isQuoted ? `“${value}”` : value} ${known.said}` };
}

/** A name in quotes is a whole name. Without, it is a whole name or a word of one. */
function readNames(kind: "organization" | "submitter", by: string): Read {
  return (name, isQuoted) => {
    const whole: Tree = { label: toLabel(kind, name) };
    const words = scan(name).flatMap(({ parts }) => parts.map(({ word }) => word));
    const all = words.map((word): Tree => ({ label: toWordLabel(kind, word) }));
    const tree = isQuoted || all.length === 0 ? whole : { or: [whole, { and: all }] };
    return { tree, said: `${by} ${name}` };
  };
}

function readId(value: string): Understood | null {
  const id = value.toLowerCase();
  return /^[\w.\-/]+$/.test(id) ? { tree: { row: { id } }, said: `with the id ${id}` } : null;
}

function readDays(toTree: (range: Range) => Tree, said: string): Read {
  return (value, _, context) => {
    const range = toRange(value, context);
    return range && { tree: toTree(range), said: sayDays(range, said) };
  };
}

const toDays = (range: Range): Understood => ({ tree: { range }, said: sayDays(range, "from") });

/** The days of a period, or from one to another. Either end may be open, but not both. */
function toRange(value: string, context: Context): Range | null {
  const [first = "", last = first, ...more] = value.split("..");
  const [from, to] = [toPeriod(first, context), toPeriod(last, context)];
  const isOpen = (end: string) => end === "" && value.includes("..");
  if (more.length > 0 || !(from || isOpen(first)) || !(to || isOpen(last)) || !(from || to)) return null;
  // Who names the later one first means the same days.
  if (from && to && from.first > to.last) return { from: to.first, to: from.last };
  return { from: from?.first ?? null, to: to?.last ?? null };
}

/** The first and the last day of a day, a week, a month or a year. */
function toPeriod(text: string, { today }: Context): { first: Day; last: Day } | null {
  const ago = ["today", "yesterday"].indexOf(text.toLowerCase());
  if (ago >= 0) return toPeriod(moveDay(today(), -ago), none);
  if (isDay(text)) return { first: text, last: text };
  if (isWeek(text)) return { first: weekStart(text), last: moveDay(weekStart(text), 6) };
  if (isMonth(text)) return { first: `${text}-01`, last: monthEnd(text) };
  return /^(?:19|2\d)\d\d$/.test(text) ? { first: `${text}-01-01`, last: `${text}-12-31` } : null;
}

function sayDays({ from, to }: Range, said: string): string {
  const full = (day: Day) => formatRange(day, day);
  if (from === null) return to === null ? said : `${said === "from" ? "" : `${said} `}until ${full(to)}`;
  if (to === null)
    return `${said === "from" ? said : `${said} from`} ${full(from)}${said === "from" ? " on" : " on"}`;
  if (from.endsWith("-01-01") && to === `${from.slice(0, 4)}-12-31`)
    return `${said} ${said === "from" ? "" : "in "}${from.slice(0, 4)}`;
  if (from.endsWith("-01") && to === monthEnd(from.slice(0, 7)))
    return `${said} ${said === "from" ? "" : "in "}${formatDay(from, "MMMM yyyy")}`;
  return `${said} ${formatRange(from, to)}`;
}

const unitDays: Record<string, number> = { d: 1, w: 7, m: 30, y: 365 };

/** An age by feed day: `<30d`, `>1y`. A month is 30 days and a year 365. */
function readAge(value: string, _: boolean, { today }: Context): Understood | null {
  const [, sign = "<=", count = "", unit = ""] = /^(<=|>=|<|>)?(\d{1,4})([dwmy])$/i.exec(value) ?? [];
  const age = Number(count) * (unitDays[unit.toLowerCase()] ?? Number.NaN);
  if (Number.isNaN(age) || count === "" || age > 36_500) return null;
  const shift = { "<": 1, "<=": 0, ">=": 0, ">": -1 }[sign] ?? 0;
  const day = moveDay(today(), shift - age);
  return toDays(sign.startsWith("<") ? { from: day, to: null } : { from: null, to: day });
}

function readNumber(number: "upvotes" | "comments" | "authors", one: string): Read {
  return (value) => {
    const bounds = toBounds(value);
    return bounds && { tree: { row: { number, bounds } }, said: sayBounds(bounds, one) };
  };
}

function toBounds(value: string): Bounds | null {
  const [, sign = "=", digits = ""] = /^(<=|>=|<|>|=)?(\d{1,7})$/.exec(value) ?? [];
  const number = Number(digits);
  if (digits !== "") {
    const from = { ">": number + 1, ">=": number, "=": number }[sign] ?? null;
    const to = { "<": number - 1, "<=": number, "=": number }[sign] ?? null;
    return to !== null && to < 0 ? null : { from, to };
  }
  const [, first = "", last = ""] = /^(\d{0,7})\.\.(\d{0,7})$/.exec(value) ?? [];
  if (first === "" && last === "") return null;
  const [from, to] = [first === "" ? null : Number(first), last === "" ? null : Number(last)];
  return from !== null && to !== null && from > to ? { from: to, to: from } : { from, to };
}

function sayBounds({ from, to }: Bounds, one: string): string {
  const count = (number: number) => `${number.toLocaleString("en")} ${number === 1 ? one : `${one}s`}`;
  if (from !== null && from === to) return `with ${count(from)}`;
  if (to === null) return `with at least ${count(from ?? 0)}`;
  if (from === null) return `with at most ${count(to)}`;
  return `with ${from.toLocaleString("en")} to ${count(to)}`;
}
