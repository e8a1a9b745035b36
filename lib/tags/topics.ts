import { readFileSync } from "node:fs";
import path from "node:path";
import { type Spelling, scan } from "../search/tokens";

/** The contents of `lib/tags/topics.txt`, one topic per line: `name: other name, other name`. */
export type Topics = {
  text: string;
  /** From the key of each name to its topic. */
  byKey: Map<string, Topic>;
  /** From the first word of a name to the length of the longest name that begins with it, in words. */
  longestFrom: Map<string, number>;
};

/** `isAcronym`: the matched name is an acronym (`CLIP`), which in lower case would be a different word. */
type Topic = { name: string; isAcronym: boolean };

let loaded: Topics | undefined;

/** The topics of the field. Throws an Error that names the line if a name belongs to two topics. */
export function topics(): Topics {
  loaded ??= readTopics(readFileSync(path.resolve("lib/tags/topics.txt"), "utf8"));
  return loaded;
}

export function readTopics(text: string): Topics {
  const known: Topics = { text, byKey: new Map(), longestFrom: new Map() };
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "" || line.startsWith("#")) continue;
    const [name = "", others = ""] = line.split(/:(.*)/).map((part) => part.trim());
    for (const alias of [name, ...others.split(",").map((other) => other.trim())]) {
      const words = readKeyWords(alias);
      const [first] = words;
      if (!first) continue;
      const key = words.map((word) => word.key).join(" ");
      const other = known.byKey.get(key)?.name;
      if (other !== undefined && other !== name)
        throw new Error(`lib/tags/topics.txt: line ${index + 1}: "${alias}" is already a name of "${other}"`);
      known.byKey.set(key, { name, isAcronym: words.length === 1 && isAcronym(alias) });
      known.longestFrom.set(first.key, Math.max(known.longestFrom.get(first.key) ?? 0, words.length));
    }
  }
  return known;
}

/** `CLIP`, `SAMs`, `VBench`, `Qwen3`: capitals or digits after the first letter. */
export function isAcronym(word: string): boolean {
  // Anchored at the start: tried at each letter, a word of 100,000 letters would take eight seconds.
  return /^[^A-Z0-9]*[A-Z0-9].*[A-Z]|^[^A-Za-z]*[A-Za-z].*\d|[a-z][A-Z]/.test(word);
}

/** A word as it is compared: folded like search terms, in the singular. */
export type KeyWord = {
  key: string;
  raw: string;
  /** Where it begins and ends in the text. */
  start: number;
  end: number;
  isAcronym: boolean;
  /** A comma, a bracket or the like comes before it, so no name can include both it and the word before. */
  afterBreak: boolean;
  /** That character is an opening bracket. */
  bracketed: boolean;
};

// `multi-modal` and `multimodal`, `fine-tuning` and `finetuning` are the same: these prefixes are joined to the next
// word.
const prefixes = new Set([
  "multi",
  "pre",
  "post",
  "fine",
  "self",
  "cross",
  "semi",
  "super",
  "auto",
  "co",
  "non",
]);

/** What matching needs to know about a word: its key, and how it was written. */
function toName(raw: string, word: string) {
  return { key: toSingular(word), isAcronym: isAcronym(raw), joins: prefixes.has(word) };
}

// Looking up every word by its letters again would cost a third of the time to read a text.
const names = new WeakMap<Spelling, ReturnType<typeof toName>>();

function nameOf(spelling: Spelling, raw: string, word: string) {
  let name = names.get(spelling);
  if (!name) {
    name = toName(raw, word);
    names.set(spelling, name);
  }
  return name;
}

/** The words of a text, in order. */
export function readKeyWords(text: string): KeyWord[] {
  const words: KeyWord[] = [];
  let end = 0;
  let joins = false;
  for (const { parts } of scan(text)) {
    for (const { word, start, end: ends, spelling } of parts) {
      const raw = text.slice(start, ends);
      const between = text.slice(end, start);
      const afterBreak = between !== " " && /[^\s\-\u2010-\u2015_']/.test(between);
      const last = words.at(-1);
      const name = spelling ? nameOf(spelling, raw, word) : toName(raw, word);
      if (joins && last && !afterBreak) {
        last.key += name.key;
        last.raw = `${last.raw}-${raw}`;
        last.end = ends;
        last.isAcronym = isAcronym(last.raw);
      } else {
        const { key, isAcronym } = name;
        words.push({ key, raw, start, end: ends, isAcronym, afterBreak, bracketed: between.endsWith("(") });
      }
      joins = name.joins && !(joins && !afterBreak);
      end = ends;
    }
  }
  return words;
}

/** The topic that a phrase names. `last` is its last word: a name in capitals (`CLIP`) is not meant by a word without. */
export function topicOf(key: string, last: KeyWord): Topic | null {
  const topic = topics().byKey.get(key);
  return topic && !(topic.isAcronym && !last.isAcronym) ? topic : null;
}

/** The key of a complete name. */
export function toKey(name: string): string {
  return readKeyWords(name)
    .map((word) => word.key)
    .join(" ");
}

// Enough to give singular and plural the same key. Mistakes do no harm, because they are the same everywhere.
const unchanged = /(ss|us|is|ics|series|species|news|lens|bias|canvas|atlas|alias|chaos)$/;

function toSingular(word: string): string {
  if (word.length < 4 || !word.endsWith("s") || unchanged.test(word)) return word;
  if (word.endsWith("ies") && word.length > 5) return `${word.slice(0, -3)}y`;
  return word.slice(0, /(sses|xes|zzes|shes|tches|rches)$/.test(word) ? -2 : -1);
}

/**
 * The one spelling of a tag. If it is any name of a topic, with or without an abbreviation in brackets, the topic's
 * name. Otherwise the word itself, with its last word in the singular, and in lower case except for names like
 * `VBench`.
 */
export function toTagName(raw: string): string {
  const whole = raw
    .normalize("NFKC")
    .replace(/\s+/g, " ")
    .replace(/^[\s"'`“”‘’.,;:]+|[\s"'`“”‘’.,;:]+$/g, "");
  const outside = whole.replace(/\s*\([^()]*\)/g, "").trim();
  const inside = [...whole.matchAll(/\(([^()]+)\)/g)].map(([, text = ""]) => text.trim());
  // In `LLM (Large Language Model)` the brackets explain the name; in `multilingual large language models (LLMs)` they
  // do not.
  const abbreviations = inside.filter(
    (text) => (isAcronym(outside) && !outside.includes(" ")) || isShortFor(text, outside),
  );
  for (const text of [whole, outside, ...abbreviations]) {
    const topic = topics().byKey.get(toKey(text));
    if (topic) return topic.name;
  }
  const words = (outside || whole)
    .replace(/['’]s$/, "")
    .split(" ")
    .map((word) => (isAcronym(word) ? word : word.toLowerCase()));
  const last = words.at(-1) ?? "";
  const singular = isAcronym(last) ? last.replace(/^([A-Z0-9-]{2,})s$/, "$1") : toSingular(last);
  const name = [...words.slice(0, -1), singular].join(" ");
  return topics().byKey.get(toKey(name))?.name ?? name; // `LMs`
}

function isShortFor(abbreviation: string, name: string): boolean {
  const initials = toKey(name)
    .split(" ")
    .map((word) => word.charAt(0))
    .join("");
  return initials === abbreviation.toLowerCase().replace(/s$/, "");
}
