import { load } from "cheerio/slim";

// Requires the semicolon: `AT&T` and TeX's `a & b` are not entities.
const entity = /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,8}\d{0,2});/gi;
// Control characters except tab and line feed. They mean nothing in a text, and XML cannot contain them.
// biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern is meant to match them
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
// Joiners are not included, because emoji and Persian words need them.
const invisible = /[\u00ad\u200b\u2060\ufeff]/g;
const blanks = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g;

/**
 * Cleans a text once. Entities that its format left (`&#945;`) become characters, but markup stays as written
 * (`<think>`). Control and invisible characters are removed, spaces and line feeds are made uniform, letters are
 * composed (NFC), and the text is trimmed.
 */
export function cleanText(text: string): string {
  return tidyText(text.includes("&") ? text.replace(entity, decode) : text);
}

/** The same for a text whose entities are meant literally, such as a reader's note. */
export function tidyText(text: string): string {
  return text
    .replace(/\r\n?|\u0085|\u2028|\u2029/g, "\n")
    .replace(controls, "")
    .replace(invisible, "")
    .replace(blanks, " ")
    .normalize("NFC")
    .trim();
}

/** An HTML tag with its attributes, but not the `<a and b>` of a formula. */
export const htmlTag =
  /<\/?(?:p|a|b|i|em|strong|sub|sup|span|div|ul|ol|li|br)(?:\s+[a-z-]{1,20}=[^<>]{0,2000})?\s?\/?>/i;
const htmlTags = new RegExp(htmlTag, "gi");

/** A text without HTML tags, for sources that write texts as HTML. Other words in angle brackets stay. */
export function withoutTags(text: string): string {
  if (!text.includes("<")) return text;
  return text.replace(/<\/p>\s{0,9}<p>|<br ?\/?>/gi, "\n").replace(htmlTags, "");
}

/** A text on one line: line breaks and the spaces around them become one space. */
export function cleanLine(text: string): string {
  return joinLines(cleanText(text));
}

/** The same for a text that is already clean. Cleaning it again would decode entities that are meant literally. */
export function joinLines(clean: string): string {
  return clean.includes("\n") ? clean.split("\n").map(trim).filter(Boolean).join(" ") : clean;
}

/** For formats such as XML and HTML, where line breaks and runs of spaces have no meaning. */
export function cleanWords(text: string): string {
  return cleanText(text).replace(/\s+/g, " ");
}

/** A printed count: `533`, `1,204`, `3.29k`. Null for any other text. */
export function readCount(text: string): number | null {
  const match = /^(\d{1,3}(?:,\d{3})+|\d{1,9}(?:\.\d{1,3})?)([km]?)$/i.exec(text.trim());
  if (!match) return null;
  const [, digits = "", unit = ""] = match;
  const factor = { "": 1, k: 1000, m: 1_000_000 }[unit.toLowerCase()] ?? 1;
  const count = Number(digits.replaceAll(",", "")) * factor;
  return unit === "" && !Number.isInteger(count) ? null : Math.round(count);
}

const decodedEntities = new Map<string, string>();

function decode(one: string): string {
  let character = decodedEntities.get(one);
  if (character === undefined) {
    const decoded = load(one, { xml: false }).text(); // knows every entity of HTML
    // It may match only the beginning of an unknown name: `&notes;`.
    character = decoded.length <= 2 ? decoded : one;
    if (decodedEntities.size < 4000) decodedEntities.set(one, character); // parsing each would be slow, and most are the same few
  }
  return character;
}

function trim(line: string): string {
  return line.trim();
}
