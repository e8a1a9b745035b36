import type { PaperRecord } from "../paper";
import { toPlain } from "../tex/split";
import { citedYear } from "./cite-item";
import { type Name, toNames } from "./name";

const stopWords = new Set(
  (
    "a about after all an and any are as at be before between beyond but by can do does for from has have how if in into " +
    "is it its more no not of on or over should than that the their there this through to toward towards under up using " +
    "via was we what when where which who why will with without you your"
  ).split(" "),
);
// Letters that Unicode decomposition does not split.
const letters: Record<string, string> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ı: "i",
  ħ: "h",
};

/**
 * The citation key of a paper before a suffix makes it unique: the surname of its first author, its year, and the first
 * word of its title that is not a stop word, in `[a-z0-9-]`: `vanderberg2025weight`. What is unknown, or not in Latin
 * letters, is left out. Never empty.
 */
export function toKeyBase(paper: PaperRecord): string {
  const surname = firstSurname(toNames(paper.authors)[0]);
  const words = toAscii(toPlain(paper.title)).match(/[a-z0-9]+/g) ?? [];
  const word = words.find((one) => !stopWords.has(one)) ?? words[0] ?? "";
  const start = surname || word ? surname : "paper";
  return `${start}${citedYear(paper) ?? ""}${word.slice(0, 30)}`;
}

/** The base itself, or with the first free suffix: a, b, … z, aa, ab, … */
export function nextKey(base: string, isTaken: (key: string) => boolean): string {
  let key = base;
  for (let count = 1; isTaken(key); count++) key = base + toLetters(count);
  return key;
}

function toLetters(count: number): string {
  const rest = Math.floor((count - 1) / 26);
  return (rest > 0 ? toLetters(rest) : "") + String.fromCharCode(97 + ((count - 1) % 26));
}

function firstSurname(name: Name | undefined): string {
  if (!name) return "";
  // Of a collective, the first word: `openai` of the OpenAI Team.
  const text = "literal" in name ? name.literal.replace(/^the\s+/i, "").split(" ")[0] : name.family;
  const particle = "literal" in name ? null : name.particle;
  return toAscii(`${particle ?? ""}${text}`)
    .replace(/[^a-z0-9-]/g, "")
    .replace(/^-+|-+$/g, "")
    .slice(0, 30);
}

function toAscii(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\0-\x7f]/g, (letter) => letters[letter] ?? " ");
}
