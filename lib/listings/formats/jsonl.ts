import { z } from "zod";
import { arxivIdOf } from "../../arxiv-id";
import { isDay } from "../../days";
import { type PaperRecord, paperSchema } from "../../paper";
import { hideSecrets } from "../../printable";
import { toBrought } from "../brought";
import { cleanLine, cleanText, readCount } from "../clean";
import { readJson, TooDeepError } from "../json";
import type { ListingEntry, Note, Rejection } from "../listing";
import { isPlausibleName } from "../plausible";
import { publicAddress } from "../public-address";
import { excerptOf, parseStored, reasonOf } from "../reasons";
import { readLongDate, splitNames, withoutId } from "./arxiv-entries";
import { readBookmark } from "./library-bookmark";

const text = z.string();
const count = z
  .union([z.number(), text.transform((value) => readCount(value))])
  .pipe(z.number().int().nonnegative());
const day = text.transform((value) => readLongDate(value) ?? value.slice(0, 10)).refine(isDay);
const names = (parts: RegExp) =>
  listOf(z.union([z.array(text), text.transform((line) => line.split(parts))]));
const paperShape = paperSchema.shape;
// What programs write for a missing value in text fields.
const isMissing = (value: unknown) =>
  value === undefined ||
  value === null ||
  (typeof value === "string" && /^\s*(?:nan|none|null|n\/a)?\s*$/i.test(value));
const publicUrl = text.transform((url) => publicAddress(url) ?? "").refine((url) => url !== "");
const address = publicUrl.refine((url) => /^https?:\/\//.test(url) && URL.canParse(url));
const namedAuthor = z.object({ name: text }).transform(({ name }) => name);

/**
 * The fields a line may have besides its title, and the note for a value that does not fit and is ignored. Covers our
 * own export and common shapes of lists elsewhere (`summary` in arXiv's API, `authors_parsed` and `versions` in
 * Kaggle's dump, `tags` and `code` in lists kept by hand).
 */
const fields = {
  id: ["an arXiv id", z.union([text, z.number().transform(String)]).transform(readId)],
  arxivId: ["an arXiv id", z.union([text, z.number().transform(String)]).transform(readId)],
  abstract: ["text", text],
  summary: ["text, or a text and its source", z.union([paperShape.summary.unwrap(), text])],
  authors: [
    "names",
    listOf(
      z.union([
        z.array(z.union([text, namedAuthor])),
        text.transform(splitAuthors).refine((all) => all.every(isPlausibleName)),
      ]),
    ),
  ],
  authors_parsed: [
    "lists of a family name, a given name and a suffix",
    z.array(
      z
        .array(text)
        .min(1)
        .transform(([family = "", first = "", suffix = ""]) => `${first} ${family} ${suffix}`),
    ),
  ],
  authorCount: ["a count", count],
  publishedAt: ["a date", day],
  publishedOn: ["a date", day],
  versions: [
    "versions with the date of the first",
    z
      .array(z.object({ created: day }))
      .min(1)
      .transform(([first]) => first?.created ?? null),
  ],
  feedDate: ["a date", day],
  listedOn: ["a date", day],
  upvotes: ["a count", count],
  comments: ["a count", count],
  commentCount: ["a count", count],
  keywords: ["words", names(/[,;]/)],
  categories: ["words", names(/[\s,;]+/)],
  tags: ["words", z.union([paperShape.tags, names(/[,;]/)])],
  submittedBy: ["a name and a full name", paperShape.submittedBy.unwrap()],
  organization: [
    "a name and a full name",
    z.union([paperShape.organization.unwrap(), text.transform((name) => ({ name, fullName: null }))]),
  ],
  code: [
    "an address without a token",
    z.union([
      paperShape.code.unwrap().extend({ url: publicUrl }),
      address.transform((url) => ({ url, stars: null })),
    ]),
  ],
  projectPage: ["an address without a token", address],
  withdrawn: ["true or false", z.boolean()],
} as const satisfies Record<string, readonly [expected: string, schema: z.ZodType]>;

type Fields = { [Name in keyof typeof fields]?: z.output<(typeof fields)[Name][1]> };
type Line = Fields & { title: string };

const lineSchema = z.looseObject({
  title: text.refine((title) => cleanLine(title) !== "", "a title that is not empty"),
});

/** The valid fields of a line, and a note for each invalid one. A null or empty value says nothing. */
function readLine(source: z.output<typeof lineSchema>): { line: Line; notes: Note[] } {
  const line: Record<string, unknown> = { title: source.title };
  const notes: Note[] = [];
  for (const [field, [expected, schema]] of Object.entries(fields)) {
    const value = source[field];
    if (isMissing(value)) continue;
    const parsed = schema.safeParse(value);
    if (parsed.success && parsed.data !== null) line[field] = parsed.data;
    else notes.push({ field, expected, excerpt: hideSecrets(excerptOf(value)) });
  }
  if (typeof line.summary === "string" && typeof line.abstract === "string" && line.summary !== line.abstract)
    notes.push({
      field: "summary",
      expected: "a text and its source beside an abstract",
      excerpt: excerptOf(line.summary),
    });
  return { line: line as Line, notes }; // each value came from its field's schema
}

/** Also accepts a list as Python prints it, as in tables of papers: `['tea', "a kettle's song"]`. */
function listOf<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess(
    (value) => (typeof value === "string" ? (readPythonList(value) ?? value) : value),
    schema,
  );
}

const quoted = String.raw`'[^'\\]*(?:\\.[^'\\]*)*'|"[^"\\]*(?:\\.[^"\\]*)*"`;
const pythonList = new RegExp(String.raw`^\s*\[\s*(?:(?:${quoted})\s*(?:,\s*(?!\])|(?=\])))*\]\s*$`, "s");

function readPythonList(value: string): string[] | null {
  if (!pythonList.test(value)) return null;
  return (value.match(new RegExp(quoted, "gs")) ?? []).map((one) =>
    one.slice(1, -1).replace(/\\(['"\\])/g, "$1"),
  );
}

/**
 * An arXiv id in any of its forms. Null for any other id; our own text ids are computed again from title and abstract.
 */
function readId(id: string): string | null {
  return /^t-[0-9a-f]{12}$/.test(id) ? "" : arxivIdOf(id);
}

/** Names separated by commas and `and`, or by semicolons, possibly with the family name first. */
function splitAuthors(line: string): string[] {
  if (!line.includes(";")) return splitNames(line);
  return line.split(";").flatMap((name) => {
    const [family = "", given, ...others] = name.split(",").map((part) => part.trim());
    return given && others.length === 0 ? [`${given} ${family}`] : splitNames(name);
  });
}

const libraryFormat = "broadsheet-library";
const libraryVersion = 1;
const headerSchema = z.looseObject({ format: z.literal(libraryFormat), version: z.unknown() });

/** The header of a library that was exported as JSON Lines. Null for any other line. */
function readHeader(line: string): z.output<typeof headerSchema> | null {
  if (!line.includes(libraryFormat)) return null;
  try {
    return headerSchema.safeParse(readJson(line)).data ?? null;
  } catch (error) {
    if (error instanceof SyntaxError) return null; // a damaged line, which is reported as such
    throw error;
  }
}

/** Whether JSON Lines begin with the header of an exported library. */
export function isLibrary(firstLines: string[]): boolean {
  return readHeader(firstLines[0] ?? "") !== null;
}

/** Whether a body is JSON Lines: one of its first lines is a paper, or the header of a library. */
export function isJsonLines(firstLines: string[]): boolean {
  // Lists in other formats may also have an item on each line, and the last one has no comma.
  if (
    firstLines
      .find((line) => line.trim() !== "")
      ?.trimStart()
      .startsWith("[")
  )
    return false;
  if (isLibrary(firstLines)) return true;
  return firstLines.some((line) => {
    if (!line.startsWith("{")) return false;
    try {
      const value: unknown = JSON.parse(line);
      return typeof value === "object" && value !== null && "title" in value;
    } catch {
      return false; // not JSON: a line of another format, or a damaged one among others
    }
  });
}

/** Whether a line is the header of an exported library, which is not an entry. */
export function isLibraryHeader(line: string): boolean {
  return readHeader(line)?.version === libraryVersion;
}

/** Parses one line, which is one paper; `place` is its number. An invalid line is rejected with its reason. */
export function parseJsonLine(line: string, place: number): ListingEntry | Rejection {
  const header = readHeader(line);
  if (header && header.version !== libraryVersion) {
    const reason = `expected version ${libraryVersion} of an exported library, got ${excerptOf(header.version, 20)}`;
    return { entry: place, reason, excerpt: excerptOf(line) };
  }
  let source: unknown;
  try {
    source = readJson(line);
  } catch (error) {
    const reason = error instanceof TooDeepError ? error.message : "expected JSON, got other text";
    return { entry: place, reason, excerpt: excerptOf(line) };
  }
  const parsed = lineSchema.safeParse(source);
  if (!parsed.success)
    return { entry: place, reason: reasonOf(parsed.error, source), excerpt: excerptOf(source) };
  const { bookmark, citeKey, ...stored } = parsed.data;
  const { line: read, notes } = readLine(parsed.data);
  const own = readOwn(bookmark, citeKey);
  notes.push(...(own?.notes ?? []));
  return {
    place,
    paper: toPaper(read),
    source: own === null ? source : stored,
    ...(notes.length > 0 && { notes }),
    ...(own !== null && { brought: own.brought }),
  };
}

/** What a line says of the reader's own things. Null if it says nothing. */
function readOwn(bookmark: unknown, citeKey: unknown): ReturnType<typeof toBrought> | null {
  const marked = readBookmark(bookmark);
  const key = isMissing(citeKey) ? null : citeKey;
  if (marked === null && key === null) return null;
  const { brought, notes } = toBrought({ ...marked?.words, citeKey: typeof key === "string" ? key : null });
  const badKey = { field: "citeKey", expected: "text", excerpt: excerptOf(key) };
  return {
    brought,
    notes: [...(marked?.notes ?? []), ...notes, ...(key === null || typeof key === "string" ? [] : [badKey])],
  };
}

/** The record of a stored line. Its day is the line's own. */
export function rereadJsonLine(source: unknown): PaperRecord {
  return toPaper(readLine(parseStored(lineSchema, source)).line);
}

function toPaper(line: Line): PaperRecord {
  const authors = (line.authors_parsed ?? line.authors ?? []).map(cleanLine).filter((name) => name !== "");
  const summaryText = typeof line.summary === "string" ? line.summary : "";
  const abstract = cleanText(line.abstract ?? summaryText);
  const tag = (source: "hub" | "arxiv") => (name: string) => ({ name: name.trim(), source });
  return {
    arxivId: line.arxivId || line.id || null,
    title: withoutId(cleanLine(line.title)),
    abstract: abstract === "" ? null : abstract,
    authors,
    authorCount: line.authorCount ?? (authors.length || null),
    publishedOn: line.publishedOn ?? line.publishedAt ?? line.versions ?? null,
    listedOn: line.listedOn ?? line.feedDate ?? null,
    upvotes: line.upvotes ?? null,
    commentCount: line.commentCount ?? line.comments ?? null,
    tags: [
      ...(line.tags ?? []).map((one) => (typeof one === "string" ? tag("hub")(one) : one)),
      ...(line.categories ?? []).map(tag("arxiv")),
      ...(line.keywords ?? []).map(tag("hub")),
    ].filter(({ name }) => name !== ""),
    submittedBy: line.submittedBy ?? null,
    organization: line.organization ?? null,
    code: line.code ?? null,
    projectPage: line.projectPage ?? null,
    summary: typeof line.summary === "object" ? line.summary : null,
    withdrawn: line.withdrawn ?? null,
  };
}
