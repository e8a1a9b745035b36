import { arxivIdOf } from "../../arxiv-id";
import { type Day, isDay } from "../../days";
import type { Format } from "../../formats";
import type { PaperRecord } from "../../paper";
import { type BroughtWords, toBrought } from "../brought";
import { cleanLine, cleanText } from "../clean";
import type { KnownById, Listing, ListingEntry, Note, Rejection } from "../listing";
import { isPlausibleName } from "../plausible";
import { excerptOf } from "../reasons";

// Whole files are held in memory. JSON Lines, which are not, may have any number.
const maxReferences = 200_000;

// An address with everything that trackers append.
const maxIdLength = 500;

/** What an entry of a reference manager says about its paper, as plain text. What it does not say is empty. */
export type Reference = {
  title: string;
  /** In order, given name first, and possibly `others`. */
  authors: string[];
  abstract: string;
  publishedOn: Day | null;
  /** Texts that may be an arXiv id in any of its forms, most reliable first. */
  ids: string[];
  /** arXiv's categories. */
  categories: string[];
  /** The lines of a note that are facts about the paper. */
  facts: string[];
};

/** An entry of a file: what is stored of it, what that says about its paper, and what is the reader's own. */
export type ParsedReference =
  | { source: unknown; reference: Reference; brought: BroughtWords; line?: number }
  | { reason: string; excerpt: string };

/** The listing of a reader's library. An entry without a title is known by its arXiv id, or else rejected. */
export function toReferences(
  format: "bibtex" | "ris" | "csl-json",
  parsed: Iterable<ParsedReference>,
): Listing {
  const entries: ListingEntry[] = [];
  const rejections: Rejection[] = [];
  const knownById: KnownById[] = [];
  const keys = new Set<string>();
  let place = 0;
  for (const one of parsed) {
    checkNumber(format, ++place);
    if ("reason" in one) {
      rejections.push({ entry: place, ...one });
      continue;
    }
    const { brought, notes } = toBrought(one.brought);
    if (brought.citeKey !== null && keys.has(brought.citeKey.toLowerCase())) {
      notes.push({ field: "key", expected: "a key that no other entry has", excerpt: brought.citeKey });
      brought.citeKey = null;
    } else if (brought.citeKey !== null) keys.add(brought.citeKey.toLowerCase());
    notes.push(...notesOf(one.reference));
    const paper = toPaper(one.reference);
    const excerpt = excerptOf(one.source);
    const more = { brought, ...(notes.length > 0 && { notes }) };
    if (paper.title !== "") entries.push({ place, paper, source: one.source, ...more });
    else if (paper.arxivId) knownById.push({ place, id: paper.arxivId, excerpt, ...more });
    else {
      const where = one.line === undefined ? "" : ` on line ${one.line}`;
      rejections.push({
        entry: place,
        reason: `expected a title or an arXiv id, got neither${where}`,
        excerpt,
      });
    }
  }
  return toLibrary(format, { entries, rejections, knownById });
}

/** A listing of what a reader collected. It has no day, whatever the caller says. */
export function toLibrary(
  format: Format,
  batch: Required<Pick<Listing, "entries" | "rejections" | "knownById">>,
): Listing {
  return { format, kind: "library", period: null, listedOn: null, listedOnInferred: false, ...batch };
}

/** Throws an Error of one line that names the format if a file has more entries than memory may hold. */
export function checkNumber(format: Format, entries: number): void {
  if (entries > maxReferences)
    throw new Error(`${format}: expected at most ${maxReferences.toLocaleString("en")} entries, got more`);
}

const isOthers = (name: string) => /^(?:others|et\.? al\.?)$/i.test(name.trim());
const countOfAuthors = /^(\d{1,5}) authors?$/i;
const category = /^[a-z][a-z-]{1,11}(?:\.[A-Za-z-]{2,12})?$/;

/** The record of a reference. Its title is empty if the reference has none. */
export function toPaper(reference: Reference): PaperRecord {
  const named = namesOf(reference);
  const authors = named.every(isPlausibleName) ? named : [];
  const isWhole = authors.length > 0 && !reference.authors.some(isOthers);
  const count = reference.facts.map((fact) => countOfAuthors.exec(fact)?.[1]).find(Boolean);
  const abstract = cleanText(reference.abstract);
  return {
    arxivId: findArxivId([...reference.ids, ...reference.facts]),
    title: cleanLine(reference.title),
    abstract: abstract === "" ? null : abstract,
    authors,
    authorCount: isWhole ? authors.length : authors.length === 0 && count ? Number(count) : null,
    publishedOn: reference.publishedOn,
    listedOn: null,
    upvotes: null,
    commentCount: null,
    tags: reference.categories
      .filter((name) => category.test(name))
      .map((name) => ({ name, source: "arxiv" })),
    submittedBy: null,
    organization: null,
    code: null,
    projectPage: null,
    summary: null,
    withdrawn: null,
  };
}

function findArxivId(texts: string[]): string | null {
  for (const text of texts) {
    const id = text.length <= maxIdLength ? arxivIdOf(text) : null;
    if (id !== null) return id;
  }
  return null;
}

function namesOf({ authors }: Reference): string[] {
  return authors
    .filter((name) => !isOthers(name))
    .map(cleanLine)
    .filter((name) => name !== "");
}

function notesOf(reference: Reference): Note[] {
  const bad = namesOf(reference).find((name) => !isPlausibleName(name));
  return bad === undefined ? [] : [{ field: "authors", expected: "names", excerpt: excerptOf(bad) }];
}

/** A name from its parts: `Berg`, `Jan` or `Berg`, `Jr.`, `Jan`. */
export function givenFirst(parts: string[]): string {
  const [family = "", ...rest] = parts.map((part) => part.trim());
  if (rest.length > 2) return parts.join(",");
  const [suffix, given] = rest.length === 2 ? rest : ["", rest[0]];
  return [given, family, suffix].filter(Boolean).join(" ");
}

/** A day from a year, a month and a day of the month in digits. Null if one is missing, because a guess would be wrong. */
export function toDayOf(year: string, month: string, day: string): Day | null {
  const text = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  return isDay(text) ? text : null;
}

/**
 * Separates a note into facts about the paper (its arXiv id, as Zotero's Extra field has it, or how many authors it has)
 * and what a reader wrote.
 */
export function splitNote(note: string): { facts: string[]; own: string } {
  if (!/arxiv|authors?/i.test(note)) return { facts: [], own: note };
  const lines = note.split(/\r\n?|\n/);
  const isFact = (line: string) =>
    countOfAuthors.test(line.trim()) ||
    (/^\s*arxiv\b/i.test(line) && line.length < 200 && arxivIdOf(line) !== null);
  return {
    facts: lines.filter(isFact).map((line) => line.trim()),
    own: lines
      .filter((line) => !isFact(line))
      .join("\n")
      .trim(),
  };
}
