import { toHubDay } from "../days";
import { clausesOf, phraseClause } from "./clauses";
import { type Context, fields, qualifiers, readInField, type Understood } from "./qualifiers";
import { readTokens, type Token } from "./read-tokens";
import { everything, flatten, nothing, type Tree } from "./tree";

export const orders = ["relevance", "newest", "upvotes"] as const;
export type Order = (typeof orders)[number];
/** `bookmarked`: the last bookmarked first; an order of the reader's own papers. */
export const sorts = [...orders, "bookmarked"] as const;
export type Sort = (typeof sorts)[number];

/** One of the conditions that all must hold. */
export type Part = {
  tree: Tree;
  /** As it was typed. */
  text: string;
  /** In words: `“lamp” in the title`. */
  said: string;
  /** The typed text without it. */
  without: string;
};

/** A typed text and what it means. */
export type Query = {
  /** The text without `sort:`. */
  text: string;
  tree: Tree;
  parts: Part[];
  /** Whether it is a list of alternatives. */
  isAlternative: boolean;
  /** Null if the text names none. */
  order: Sort | null;
  /** What was not understood, a sentence each. */
  notes: string[];
  /** Whether the answer depends on today's date. */
  isTimed: boolean;
};

// Bounds the work of one search; far more than anybody types.
const maxClauses = 32;
const maxDepth = 8;
const maxNotes = 3;

/** The tree of a typed text. A text without words matches nothing. */
export function parseQuery(typed: string): Tree {
  return typed.trim() === "" ? nothing : readQuery(typed).tree;
}

/**
 * Typed text as a tree. All of it must match: words, `"phrases"`, and qualifiers with a value (qualifiers.ts). A leading `-`
 * excludes, `OR` stands between alternatives, and parentheses make groups. An empty text matches everything.
 *
 * No text is an error: an unknown qualifier, an open quote or parenthesis, or an operator with nothing beside it is text like
 * any other, with a note. A text without words matches nothing.
 */
export function readQuery(typed: string, context: Context = plain): Query {
  const reader = new Reader(typed, context);
  const { tokens, sorts, notes } = reader;
  const cut = (from: number, to: number) =>
    `${typed.slice(0, from).trimEnd()} ${typed.slice(to).trimStart()}`.trim();
  const text = sorts.reduceRight((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), typed);
  const read = reader.read();
  const isAlternative = read.length > 1;
  const all = isAlternative
    ? [{ ...either(read), start: 0, end: typed.length }]
    : joinWords(read[0] ?? [], typed);
  const parts = all.map(({ tree, said, start, end }) => ({
    tree,
    said,
    text: typed.slice(start, end),
    without: cut(start, end),
  }));
  const clauses = parts.flatMap(({ tree }) => flatten(tree));
  const isEmpty = tokens.length === sorts.length;
  if (parts.length === 0 && !isEmpty) notes.unshift("It has no words to search for.");
  return {
    text: text.replace(/\s+/g, " ").trim(),
    tree: parts.length > 0 ? { and: clauses.slice(0, maxClauses) } : isEmpty ? everything : nothing,
    parts,
    isAlternative,
    order: sorts.at(-1)?.order ?? null,
    notes: notes.slice(0, maxNotes),
    isTimed: reader.isTimed,
  };
}

const plain: Context = { today: () => toHubDay(new Date()), toTagName: (name) => name };

/** A condition, and where it stands in the text. `isWord`: it is one plain word. */
type Found = Understood & { start: number; end: number; isWord?: boolean };

/** Reads the tokens of a text from left to right. */
class Reader {
  readonly tokens: Token[];
  readonly sorts: { start: number; end: number; order: Sort }[] = [];
  readonly notes: string[] = [];
  isTimed = false;
  private at = 0;
  private clauses = 0;

  private readonly context: Context;

  constructor(typed: string, context: Context) {
    const today = () => {
      this.isTimed = true;
      return context.today();
    };
    this.context = { ...context, today };
    this.tokens = readTokens(typed);
    for (const token of this.tokens) {
      const isSort = token.is === "word" && token.name === "sort" && !token.excluded;
      const order = isSort && toOrder(token.value);
      if (order) this.sorts.push({ start: token.start, end: token.end, order });
    }
  }

  /** The alternatives, each a list of conditions that all must hold. */
  read = (): Found[][] => this.readGroup(0, null);

  /** Alternatives, up to the end of their group. `name` is the qualifier before the group. */
  private readGroup(depth: number, name: string | null): Found[][] {
    const alternatives: Found[][] = [];
    let all: Found[] = [];
    for (; this.at < this.tokens.length; this.at++) {
      const token = this.tokens[this.at] as Token; // it is before the end
      if (token.is === "close" && depth > 0) break;
      if (token.is === "or" && all.length > 0 && startsPart(this.tokens[this.at + 1])) {
        alternatives.push(all);
        all = [];
      } else all.push(...this.readPart(token, depth, name));
    }
    return all.length > 0 ? [...alternatives, all] : alternatives;
  }

  private readPart(token: Token, depth: number, name: string | null): Found[] {
    if (this.clauses >= maxClauses) return this.skip(`Only the first ${maxClauses} words are searched for.`);
    if (token.is !== "open") return this.readLeaf(token, name);
    if (depth === maxDepth) return this.skipGroup();
    this.at++;
    const field = token.name !== null && Object.hasOwn(fields, token.name) ? fields[token.name] : undefined;
    const isQualified = token.name !== null && Object.hasOwn(qualifiers, token.name);
    const group = this.readGroup(depth + 1, isQualified ? token.name : name);
    if (group.length === 0) return [];
    const end = this.tokens[this.at]?.end ?? this.tokens.at(-1)?.end ?? token.end;
    if (this.at >= this.tokens.length) this.skip("A parenthesis is not closed, so it ends with the text.");
    const { tree, said } = either(group);
    const isList = said.includes(" ");
    const understood = field
      ? { tree: { field: field.field, of: tree }, said: `${isList ? `(${said})` : said} ${field.said}` }
      : { tree, said: isList && (depth > 0 || token.excluded) ? `(${said})` : said };
    const unknown = token.name !== null && !field && !isQualified ? this.readText(token.name) : [];
    if (unknown.length > 0) this.noteUnknown(token.name ?? "", `${token.name}:(…)`);
    return [...unknown, exclude(understood, token.excluded)].map((one) => ({
      ...one,
      start: token.start,
      end,
    }));
  }

  private skip(note: string): Found[] {
    if (!this.notes.includes(note)) this.notes.push(note);
    return [];
  }

  /** Moves to the end of a group. */
  private skipGroup(): Found[] {
    for (let open = 1; open > 0 && this.at + 1 < this.tokens.length; ) {
      this.at++;
      const { is } = this.tokens[this.at] as Token; // it is before the end
      open += is === "open" ? 1 : is === "close" ? -1 : 0;
    }
    return this.skip(`What is inside more than ${maxDepth} parentheses is ignored.`);
  }

  private readLeaf(token: Exclude<Token, { is: "open" }>, inherited: string | null): Found[] {
    if (this.sorts.some(({ start }) => start === token.start)) return [];
    this.clauses++;
    const place = { start: token.start, end: token.end };
    if (token.is === "close" || token.is === "or") {
      if (token.is === "or") this.notes.push("OR has nothing on one side, so it is searched for as a word.");
      return this.readText(token.text).map((one) => ({ ...one, ...place, isWord: true }));
    }
    const { excluded, text } = token;
    const name = token.name ?? inherited;
    const isQuoted = token.is === "phrase";
    if (!isQuoted && /"(?!")/.test(text.replaceAll('""', "")))
      this.notes.push(`The quote in ${text} has no partner, so it is ignored.`);
    const value = isQuoted ? token.value : token.value.replaceAll('"', "");
    const hint = isQuoted ? undefined : hints.get(text.replace(/^-/, ""));
    if (hint) this.notes.push(hint);
    const known = name === null || value === "" ? null : this.readQualified(name, value, isQuoted);
    if (known) return [{ ...exclude(known, excluded), ...place }];
    if (name !== null && token.name !== null) this.noteUnknown(name, text.replace(/^-/, ""));
    if (isQuoted) {
      const before = token.name === null ? [] : this.readText(token.name);
      const phrase = phraseClause(value).map((tree) => ({ tree, said: `“${value}”` }));
      return [...before, ...phrase].map((one) => ({ ...exclude(one, excluded), ...place }));
    }
    const [words] = this.readText(excluded ? text.slice(1) : text);
    if (!words) return [];
    // Of `-vision/language`, neither word may occur.
    const tree: Tree = excluded ? { and: flatten(words.tree).map((not) => ({ not })) } : words.tree;
    const said = excluded ? `not ${words.said}` : words.said;
    return [{ tree, said, ...place, isWord: !excluded }];
  }

  private readQualified(name: string, value: string, isQuoted: boolean): Understood | null {
    if (Object.hasOwn(fields, name)) return readInField(name, value, isQuoted);
    const qualifier = Object.hasOwn(qualifiers, name) ? qualifiers[name] : undefined;
    const understood = qualifier?.read(value, isQuoted, this.context) ?? null;
    if (understood?.note && !this.notes.includes(understood.note)) this.notes.push(understood.note);
    return understood;
  }

  /** A text as words, all of which must match. */
  private readText(text: string): Understood[] {
    const [first, ...more] = clausesOf(text);
    if (!first) return [];
    return [{ tree: more.length > 0 ? { and: [first, ...more] } : first, said: text }];
  }

  private noteUnknown(name: string, text: string): void {
    if (text.includes("://")) return; // an address
    const expected = Object.hasOwn(qualifiers, name) ? qualifiers[name]?.expected : undefined;
    this.notes.push(
      expected
        ? `${text} is searched for as words, because ${name}: takes ${expected}.`
        : `${text} is searched for as words, because there is no ${name}: here.`,
    );
  }
}

/** What somebody may have meant by words that other programs know. */
const hints = new Map([
  ["AND", "AND is searched for as a word; all words must occur without it."],
  ["NOT", "NOT is searched for as a word; put - before a word to leave it out."],
]);
for (const name of [...Object.keys(fields), ...Object.keys(qualifiers)])
  hints.set(`${name}:`, `${name}: has nothing right behind it, so it is searched for as a word.`);

function toOrder(value: string): Sort | undefined {
  const name = value.toLowerCase();
  return name === "date" ? "newest" : sorts.find((order) => order === name);
}

const startsPart = (token: Token | undefined) =>
  token !== undefined && token.is !== "close" && token.is !== "or";

const exclude = ({ tree, said }: Understood, excluded: boolean): Understood =>
  excluded ? { tree: { not: tree }, said: `not ${said}` } : { tree, said };

/** Plain words that follow each other are one condition. */
function joinWords(found: Found[], typed: string): Found[] {
  const joined: Found[] = [];
  for (const one of found) {
    const last = joined.at(-1);
    if (last?.isWord && one.isWord) {
      last.tree = { and: [...flatten(last.tree), ...flatten(one.tree)] };
      last.end = one.end;
      last.said = typed.slice(last.start, last.end).replace(/\s+/g, " ");
    } else joined.push({ ...one });
  }
  return joined;
}

/** Alternatives as one condition. */
function either(alternatives: Found[][]): Understood {
  const all = alternatives.map((found) => {
    const [only, ...more] = found;
    const said = found.map((one) => one.said).join(found.every((one) => one.isWord) ? " " : ", ");
    const trees = found.flatMap(({ tree }) => flatten(tree));
    if (only && more.length === 0) return { tree: only.tree, said };
    // Otherwise it could be read as a condition of all alternatives.
    const isOpen = alternatives.length > 1 && said.includes(", ");
    return { tree: { and: trees }, said: isOpen ? `(${said})` : said };
  });
  const [only, ...more] = all;
  if (only && more.length === 0) return only;
  return { tree: { or: all.map(({ tree }) => tree) }, said: all.map(({ said }) => said).join(" or ") };
}
