import { type Day, isDay, isMonth, isWeek, monthEnd, moveDay, weekStart } from "../days";
import { readTokens, type Token } from "./read-tokens";
import { scan, type Unit } from "./tokens";
import { type Field, nothing, type Range, type Tree } from "./tree";

/** One way to write what was typed: its terms in a row. */
type Form = string[];

// Bounds the work of one search; far more than anybody types.
const maxClauses = 32;
const maxCompounds = 3;
const maxDepth = 8;

const fields: Record<string, Field> = {
  title: "title",
  abstract: "abstract",
  author: "authors",
  tag: "tags",
};

/**
 * Typed text as a tree. All of it must match: words, `"phrases"`, `title:`, `abstract:`, `author:` and `tag:` (or `#`) with
 * a word, a phrase or a group, and the days of `date:`, `after:`, `before:` and `week:`. A leading `-` excludes, `OR` stands
 * between alternatives, and parentheses make groups.
 *
 * No text is an error: an unknown qualifier, an open quote or parenthesis, or an operator with nothing beside it is text like
 * any other, and text without words matches nothing.
 */
export function parseQuery(typed: string): Tree {
  const tokens = readTokens(typed);
  let at = 0;
  let clauses = 0;

  /** Alternatives, up to the end of their group. */
  const readGroup = (depth: number): Tree | null => {
    const either: Tree[] = [];
    let all: Tree[] = [];
    for (; at < tokens.length; at++) {
      const token = tokens[at] as Token; // it is before the end
      if (token.is === "close" && depth > 0) break;
      const isBetween = all.length > 0 && startsPart(tokens[at + 1]);
      if (token.is === "or" && isBetween) {
        either.push(join(all));
        all = [];
      } else all.push(...readPart(token, depth));
    }
    if (all.length > 0) either.push(join(all));
    const [only, ...more] = either;
    return only && more.length > 0 ? { or: either } : (only ?? null);
  };

  const readPart = (token: Token, depth: number): Tree[] => {
    if (clauses >= maxClauses) return [];
    if (token.is !== "open") return readLeaf(token);
    if (depth === maxDepth) return [];
    at++;
    const group = readGroup(depth + 1);
    if (!group) return [];
    const field = token.name === null ? undefined : fields[token.name];
    const inField: Tree = field ? { field, of: group } : group;
    const name = field || token.name === null ? [] : clausesOf(token.name);
    return [...name, token.excluded ? { not: inField } : inField];
  };

  const readLeaf = (token: Exclude<Token, { is: "open" }>): Tree[] => {
    clauses++;
    if (token.is === "close" || token.is === "or") return clausesOf(token.text);
    const { name, value, excluded, text } = token;
    const range = name === null ? null : toRange(name, value);
    if (range) return exclude([{ range }], excluded);
    const field = name === null ? undefined : fields[name];
    const isPhrase = token.is === "phrase";
    if (name === null || field) {
      const parts = isPhrase ? phraseClause(value) : clausesOf(value);
      return exclude(field && parts.length > 0 ? [{ field, of: join(parts) }] : parts, excluded);
    }
    return exclude(isPhrase ? [...clausesOf(name), ...phraseClause(value)] : clausesOf(text), excluded);
  };

  const tree = readGroup(0);
  if (!tree) return nothing;
  return "and" in tree ? { and: tree.and.slice(0, maxClauses) } : { and: [tree] };
}

const startsPart = (token: Token | undefined) =>
  token !== undefined && token.is !== "close" && token.is !== "or";

const exclude = (parts: Tree[], excluded: boolean) =>
  excluded ? parts.map((part) => ({ not: part })) : parts;

function join(parts: Tree[]): Tree {
  const [only, ...more] = parts;
  return only && more.length === 0 ? only : { and: parts };
}

const clausesOf = (text: string): Tree[] => scan(text).map((unit) => toClause(unitForms(unit)));

function phraseClause(phrase: string): Tree[] {
  const forms = phraseForms(scan(phrase));
  return forms.length > 0 ? [toClause(forms)] : [];
}

function toClause(forms: Form[]): Tree {
  const either = forms.map(toLeaf);
  const [only, ...more] = either;
  return only && more.length === 0 ? only : { or: either };
}

function toLeaf(form: Form): Tree {
  const [only, ...more] = form;
  return only !== undefined && more.length === 0 ? { word: only } : { phrase: form };
}

function unitForms(unit: Unit): Form[] {
  const parts = unit.parts.map((part) => part.term);
  return unit.joined ? [parts, [unit.joined.term]] : [parts];
}

// A phrase matches with each of its compounds in either form. A phrase of up to three words also matches as one solid
// word.
function phraseForms(units: readonly Unit[]): Form[] {
  let forms: Form[] = units.length > 0 ? [[]] : [];
  let compounds = 0;
  for (const unit of units) {
    const choices =
      unit.joined && compounds++ >= maxCompounds ? unitForms(unit).slice(0, 1) : unitForms(unit);
    forms = forms.flatMap((form) => choices.map((choice) => [...form, ...choice]));
  }
  const words = units.flatMap((unit) => unit.parts.map((part) => part.word));
  if (units.length > 1 && words.length <= 3)
    forms.push(...scan(words.join("")).map((unit) => unit.parts.map((part) => part.term)));
  return forms;
}

/** The days that a qualifier names. Null if it is not one of days, or names none. */
function toRange(name: string, value: string): Range | null {
  if (name === "date" || name === "week") {
    const [first = "", last = first, ...more] = value.split("..");
    const [from, to] = [toPeriod(first), toPeriod(last)];
    if (!from || !to || more.length > 0 || (name === "week" && !isWeek(value))) return null;
    return { from: from.first, to: to.last };
  }
  const period = toPeriod(value);
  if (!period) return null;
  if (name === "after") return { from: period.first, to: null };
  return name === "before" ? { from: null, to: moveDay(period.first, -1) } : null;
}

/** The first and the last day of a day, a week, a month or a year. */
function toPeriod(text: string): { first: Day; last: Day } | null {
  if (isDay(text)) return { first: text, last: text };
  if (isWeek(text)) return { first: weekStart(text), last: moveDay(weekStart(text), 6) };
  if (isMonth(text)) return { first: `${text}-01`, last: monthEnd(text) };
  return /^(?:19|20)\d\d$/.test(text) ? { first: `${text}-01-01`, last: `${text}-12-31` } : null;
}
