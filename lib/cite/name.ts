import { oneLine } from "./cite-item";

/**
 * A name as citation programs divide it. A `particle` is in lower case and not sorted by (`van der`); one with a capital is
 * part of the family name, as in `Van Gool`. A `literal` name is a collective, or cannot be divided.
 */
export type Name =
  | { literal: string }
  | { family: string; given: string | null; particle: string | null; suffix: string | null };

const particles = new Set(
  "van von der den de del della di da dos das do du la le los las ter ten 't vander zu zum zur af av vom op het bin ibn binti el al ben ould mac st.".split(
    " ",
  ),
);
// With a capital, and not after another particle, these are more often something else: Do, Al, Op …
const notCapital = new Set("do af av op het zu zum zur al 't".split(" "));
// Before one of these, a capitalized `Van`, `Di` or `Le` belongs to the given name: Thang Van Nguyen, Yi Da Xu.
const eastAsian = new Set(
  (
    "bui cai cao chen cheng chu dang deng ding dinh do doan dong du duan duong fan fang feng fu gao gong gu guo han he ho " +
    "hoang hu huang huynh jia jiang jin kim le lee lei li liang lin liu long lu luo luong ly ma mai meng ngo nguyen pan " +
    "park peng pham phan qian qin ren shao shen shi song su sun tan tang tao tian tran trinh truong vo vu wan wang wei wen " +
    "wu xia xiao xie xu yan yang yao ye yi yin yu yuan zeng zhang zhao zheng zhong zhou zhu"
  ).split(" "),
);
const suffixes = /^(?:jr|sr)\.?$|^(?:II|III|IV|2nd|3rd|4th)$/i;
const collectiveWords =
  /(?:^|[\s-])(?:and|et|team|group|collaboration|consortium|labs?|laborator(?:y|ies)|projects?|research|institute|university|community|foundation|society|committee|network|initiative|contributors|authors|organi[sz]ation|company|inc\.?|llc|ltd\.?|corp\.?|cent(?:er|re)|department|alliance|association|coalition|workshop|technologies)(?:$|[\s-])/i;
const undivided = /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\u30fb\u30fc\s]+$/u;

/**
 * Divides a name written in the order `Given Family`. Names in Chinese, Japanese or Korean script have the family name
 * first, and are divided only at a space. Names with digits or commas, and those with a word such as `Team`, are
 * collectives.
 */
export function toName(text: string): Name {
  const whole = oneLine(text);
  const words = whole.replace(/,(?=\s*(?:jr|sr)\.?$)/i, "").split(" ");
  if (undivided.test(whole)) {
    const [family = "", given = null, ...others] = words;
    return given && others.length === 0
      ? { family, given, particle: null, suffix: null }
      : { literal: whole };
  }
  const suffix = words.length > 2 && suffixes.test(words.at(-1) ?? "") ? (words.pop() ?? null) : null;
  const name = words.join(" ");
  if (isCollective(name)) return { literal: whole };
  const last = words.at(-1) ?? "";
  const from = familyStart(words);
  const run = words.slice(from, -1);
  const capital = run.findIndex((word) => isCapital(word));
  const particle = run.slice(0, capital === -1 ? run.length : capital).join(" ");
  return {
    family: [...(capital === -1 ? [] : run.slice(capital)), last].join(" "),
    given: words.slice(0, from).join(" ") || null,
    particle: particle || null,
    suffix,
  };
}

/** The names of a list, in its order. Entries without a letter or digit, such as `:` after a team's name, are left out. */
export function toNames(authors: string[]): Name[] {
  return authors.filter((author) => /[\p{L}\p{N}]/u.test(author)).map(toName);
}

/** `van der Berg, Jan, Jr.`, the form that RIS and `citation_author` share. */
export function familyFirst(name: Name): string {
  if ("literal" in name) return name.literal;
  const family = [name.particle, name.family].filter(Boolean).join(" ");
  return [family, name.given, name.suffix].filter(Boolean).join(", ");
}

function isCollective(name: string): boolean {
  return (
    /[\d,;:/@&+]|\)$/.test(name) ||
    (name.includes(" ") && (collectiveWords.test(name) || /(?:^|[\s-])AI(?:$|[\s-])/.test(name)))
  );
}

/** The index of the first word after the given names: that of a particle, or of the last word. */
function familyStart(words: string[]): number {
  let from = words.length - 1;
  while (from > 1 && isParticle(words, from - 1)) from--;
  // `Van` in `Luc Van Gool`, but not in `Thang Van Nguyen`.
  return isCapital(words[from] ?? "") && eastAsian.has(fold(words.at(-1) ?? "")) ? words.length - 1 : from;
}

function isParticle(words: string[], at: number): boolean {
  const word = words[at] ?? "";
  const lower = word.toLowerCase();
  return particles.has(lower) && (!isCapital(word) || !notCapital.has(lower));
}

function isCapital(word: string): boolean {
  return /^\p{Lu}/u.test(word);
}

function fold(word: string): string {
  return word.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();
}
