import type { z } from "zod";

const excerptLength = 120;

/** The beginning of what could not be parsed, on one line, up to this many characters. */
export function excerptOf(value: unknown, length = excerptLength): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "nothing");
  const line = text
    .slice(0, length * 2)
    .replace(/\s+/g, " ")
    .trim();
  return line.length > length ? `${line.slice(0, length)}…` : line;
}

const nouns: Record<string, string> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
};

/** Why a value did not fit: `expected text at paper.title, got nothing`. Reports Zod's first issue. */
export function reasonOf(error: z.ZodError, value: unknown): string {
  const issue = error.issues[0];
  if (!issue) return "expected something else";
  const expected = issue.code === "invalid_type" ? (nouns[issue.expected] ?? issue.expected) : issue.message;
  const at = issue.path.map(String).join(".");
  const got = issue.path.reduce<unknown>(
    // Zod's path leads through objects and arrays. A missing value is undefined.
    (inside, step) => (inside as Record<PropertyKey, unknown> | null | undefined)?.[step],
    value,
  );
  return `expected ${expected}${at ? ` at ${at}` : ""}, got ${got === undefined ? "nothing" : short(got)}`;
}

/** Parses an entry's stored source by the schema of its format. Throws an Error of one line if it does not fit. */
export function parseStored<Stored>(schema: z.ZodType<Stored>, source: unknown): Stored {
  const parsed = schema.safeParse(source);
  if (!parsed.success) throw new Error(`${reasonOf(parsed.error, source)} in a stored entry`);
  return parsed.data;
}

function short(value: unknown): string {
  const json = JSON.stringify(value);
  return json.length > 60 ? `${json.slice(0, 60)}…` : json;
}
