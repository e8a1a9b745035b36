import { z } from "zod";
import { type Day, isDay } from "../../days";
import type { PaperRecord } from "../../paper";
import { type BroughtWords, splitWords } from "../brought";
import { cleanText, withoutTags } from "../clean";
import type { Context, Listing } from "../listing";
import { excerptOf, parseStored } from "../reasons";
import {
  givenFirst,
  type ParsedReference,
  type Reference,
  splitNote,
  toDayOf,
  toPaper,
  toReferences,
} from "./references";

/** The tags that a record is made of. Others may be private, such as paths of files, and are not stored. */
const storedTags = new Set(
  "TY TI T1 CT BT AU A1 AB N2 DA PY Y1 DO UR LK L1 L2 AN M1 M3 IS C1 C2 C3 C4 C5 C6 C7 C8 T2 JO JF JA J1 J2 VL PB".split(
    " ",
  ),
);
/** Tags and their values in the order of the file. N1 has only the lines that are facts about the paper. */
const storedSchema = z.array(z.tuple([z.string(), z.string()]));
type Fields = z.output<typeof storedSchema>;

const tagLine = /^[ \t\ufeff]*([A-Z][A-Z0-9]) {1,2}-(?: (.*)|)$/;

// Room for the largest collaboration.
const maxLines = 50_000;

/** A RIS file, as reference managers and publishers write it. */
export function parseRis(body: string, _context: Context): Listing | null {
  if (!/^(?:[^\n\r]*[\n\r]){0,10}?[ \t\ufeff]*TY {1,2}- ?[A-Z]/.test(body.slice(0, 4000))) return null;
  return toReferences("ris", readAll(body));
}

export function rereadRis(source: unknown): PaperRecord {
  return toPaper(toReference(parseStored(storedSchema, source)));
}

function* readAll(body: string): Generator<ParsedReference> {
  let fields: [tag: string, lines: string[]][] | null = null;
  let line = 0;
  let begin = 0;
  for (const text of linesOf(body)) {
    line++;
    const [, tag, value = ""] = tagLine.exec(text) ?? [];
    if (tag === "TY") {
      if (fields) yield toParsed(fields, begin, line); // only its last line is missing
      fields = [[tag, [value]]];
      begin = line;
    } else if (tag === "ER") {
      if (fields) yield toParsed(fields, begin, line);
      else
        yield {
          reason: `expected "TY  -" before "ER  -" on line ${line}, got none`,
          excerpt: excerptOf(text),
        };
      fields = null;
    } else if (line - begin > maxLines) continue;
    else if (tag) fields?.push([tag, [value]]);
    else if (text.trim() !== "") fields?.at(-1)?.[1].push(text);
  }
  if (fields) {
    const reason = `expected "ER  -" after the entry on line ${begin}, got the end of the file`;
    yield { reason, excerpt: excerptOf(fields.map(([tag, lines]) => `${tag}  - ${lines[0]}`).join(" ")) };
  }
}

function* linesOf(text: string): Generator<string> {
  for (const [, line = ""] of text.matchAll(/([^\r\n]*)(?:\r\n?|\n|$)/g)) yield line;
}

/** `line` is the entry's first line, `end` its last. */
function toParsed(all: [tag: string, lines: string[]][], line: number, end: number): ParsedReference {
  if (end - line > maxLines) {
    const reason = `expected an entry of at most ${maxLines.toLocaleString("en")} lines on line ${line}, got ${(end - line).toLocaleString("en")}`;
    return { reason, excerpt: excerptOf(all.slice(0, 5).flat(2).join(" ")) };
  }
  const notes = all
    .filter(([tag]) => tag === "N1" || tag === "RN")
    // Zotero writes notes as HTML.
    .map(([, lines]) => lines.join("\n"))
    .map((note) => splitNote(/^\s*<(?:p|div|h\d|ul|ol)\b/.test(note) ? cleanText(withoutTags(note)) : note));
  const source: Fields = all
    .filter(([tag, [value = ""]]) => storedTags.has(tag) && (!/^L[12]$/.test(tag) || /^https?:/i.test(value)))
    .map(([tag, lines]) => [tag, lines.join(tag === "AB" || tag === "N2" ? "\n" : " ")]);
  for (const fact of notes.flatMap(({ facts }) => facts)) source.push(["N1", fact]);
  const valuesOf = (wanted: string) => all.flatMap(([tag, lines]) => (tag === wanted ? lines : []));
  const brought: BroughtWords = {
    notes: notes.map(({ own }) => own),
    tags: valuesOf("KW").flatMap((line) => (line.includes(";") ? splitWords(line) : line)),
    citeKey: valuesOf("ID")[0]?.trim().replace(/^\d+$/, "") ?? null, // EndNote numbers its entries
  };
  return { source, reference: toReference(source), brought, line };
}

function toReference(fields: Fields): Reference {
  const all = (...tags: string[]) =>
    tags.flatMap((tag) => fields.filter(([own]) => own === tag).map(([, value]) => value.trim()));
  const first = (...tags: string[]) => all(...tags).find((value) => value !== "") ?? "";
  return {
    title: first("TI", "T1", "CT", "BT"),
    authors: all("AU", "A1").map(readName),
    abstract: first("AB", "N2"),
    publishedOn:
      all("DA", "PY", "Y1")
        .map(readDay)
        .find((day) => day !== null) ?? null,
    ids: all(
      "DO",
      "UR",
      "LK",
      "L1",
      "L2",
      "AN",
      "M1",
      "M3",
      "IS",
      "C1",
      "C2",
      "C3",
      "C4",
      "C5",
      "C6",
      "C7",
      "C8",
      "T2",
      "JO",
      "JF",
      "JA",
      "VL",
    ),
    categories: [],
    facts: all("N1"),
  };
}

/** `Berg, Jan, Jr.` */
function readName(name: string): string {
  const [family = "", given = "", suffix, ...others] = name.split(",");
  if (others.length > 0) return name;
  return givenFirst(suffix === undefined ? name.split(",") : [family, suffix, given]);
}

/** `2025/08/06/` or `2025-08-06`. */
function readDay(date: string): Day | null {
  const [, year = "", month = "", day = ""] = /^(\d{4})\/(\d{1,2})\/(\d{1,2})(?:\/|$)/.exec(date) ?? [];
  return isDay(date.slice(0, 10)) ? date.slice(0, 10) : toDayOf(year, month, day);
}
