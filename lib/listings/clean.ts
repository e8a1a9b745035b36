import { load } from "cheerio/slim";

// With its semicolon only: `AT&T` and TeX's `a & b` are none.
const entity = /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,8}\d{0,2});/gi;
// Controls but tab and line feed; no reader means them and no XML may hold them.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
// Joiners are not among them: emoji and Persian words are written with those.
const invisible = /[\u00ad\u200b\u2060\ufeff]/g;
const blanks = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g;

/**
 * A text as its source has it, once: entities that its own format left (`&#945;`) are characters, but markup stays what
 * it says (`<think>`); no control or invisible characters, plain blanks and line feeds, composed letters (NFC), no blanks
 * around it.
 */
export function cleanText(text: string): string {
  return (text.includes("&") ? text.replace(entity, decode) : text)
    .replace(/\r\n?|\u0085|\u2028|\u2029/g, "\n")
    .replace(controls, "")
    .replace(invisible, "")
    .replace(blanks, " ")
    .normalize("NFC")
    .trim();
}

/** A text on one line: line breaks, with the blanks around them, become one blank. */
export function cleanLine(text: string): string {
  return joinLines(cleanText(text));
}

/** Does that to a text that is clean already: what is read twice loses the entities that it means. */
export function joinLines(clean: string): string {
  return clean.includes("\n") ? clean.split("\n").map(trim).filter(Boolean).join(" ") : clean;
}

/** A text in which the source's own line breaks and runs of blanks mean nothing, as in XML and HTML. */
export function cleanWords(text: string): string {
  return cleanText(text).replace(/\s+/g, " ");
}

/** A count as pages print it: `533`, `1,204`, `3.29k`; null for any other text. */
export function readCount(text: string): number | null {
  const match = /^(\d{1,3}(?:,\d{3})+|\d{1,9}(?:\.\d{1,3})?)([km]?)$/i.exec(text.trim());
  if (!match) return null;
  const [, digits = "", unit = ""] = match;
  const factor = { "": 1, k: 1000, m: 1_000_000 }[unit.toLowerCase()] ?? 1;
  const count = Number(digits.replaceAll(",", "")) * factor;
  return unit === "" && !Number.isInteger(count) ? null : Math.round(count);
}

const known = new Map<string, string>();

function decode(one: string): string {
  let character = known.get(one);
  if (character === undefined) {
    const decoded = load(one, { xml: false }).text(); // knows all names of HTML
    // Of another name it may take the beginning for one: `&notes;`.
    character = decoded.length <= 2 ? decoded : one;
    if (known.size < 4000) known.set(one, character); // a tree for each would be slow, and most are the same few
  }
  return character;
}

function trim(line: string): string {
  return line.trim();
}
