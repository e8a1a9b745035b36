/** A field's name in lower case, and its value without the outermost braces or quotes. */
export type BibFields = Map<string, string>;

type Part = {
  text: string;
  /** After the opening brace. */
  begin: number;
  /** Where the entry ends at the latest. */
  end: number;
  closing: "}" | ")";
  hasKey: boolean;
  /** The abbreviations so far. */
  strings: ReadonlyMap<string, string>;
  /** How many characters abbreviations may still become. Those made of others grow exponentially. */
  room: { left: number };
  /** Whether a brace or quote behind a backslash is a letter. */
  escapes: boolean;
};

const blanks = /\s*/y;
const blanksAndCommas = /[\s,]*/y;
const keys = { "}": /[^,{}"=\n]*/y, ")": /[^,{}"=\n)]*/y };
const fieldName = /[^\s={}"#,()@%\\]+/y;
const word = /[^\s,#{}"()=]+/y;

/**
 * The key and fields of one entry, and the place after it; or what was expected instead, and where. A field that stands
 * twice has its first value, as in BibTeX.
 */
export function readBibFields(
  part: Part,
): { key: string; fields: BibFields; at: number } | { expected: string; at: number } {
  const { text, end, closing } = part;
  const fields: BibFields = new Map();
  let at = part.begin;
  const skip = (pattern: RegExp) => {
    pattern.lastIndex = at;
    const [found = ""] = pattern.exec(text) ?? [];
    at = Math.min(end, at + found.length);
    return found;
  };

  let key = "";
  if (part.hasKey) {
    skip(blanks);
    key = skip(keys[closing]).trim();
    if (text[at] === "=" && !/\s/.test(key))
      [key, at] = ["", part.begin]; // there is no key, and this is the first field
    else if (at >= end || (text[at] !== "," && text[at] !== closing))
      return { expected: '"," after the key', at };
  }
  for (;;) {
    skip(blanksAndCommas);
    if (at >= end) return { expected: `"${closing}" at the end of the entry`, at };
    if (text[at] === closing) return { key, fields, at: at + 1 };
    const name = skip(fieldName).toLowerCase();
    if (name === "") return { expected: "a field", at };
    skip(blanks);
    if (at >= end || text[at] !== "=") return { expected: `"=" after ${name.slice(0, 40)}`, at };
    at++;
    const pieces: string[] = [];
    do {
      skip(blanks);
      const mark = at < end ? text[at] : "";
      if (mark === "{" || mark === '"') {
        const close = findEnd(part, at + 1, mark === "{" ? "}" : '"');
        if (close < 0)
          return {
            expected: `${mark === "{" ? '"}"' : "a quote"} that closes ${name.slice(0, 40)}`,
            at: end,
          };
        pieces.push(text.slice(at + 1, close));
        at = close + 1;
      } else {
        const bare = skip(word);
        const value = part.strings.get(bare.toLowerCase()) ?? bare;
        part.room.left -= value.length;
        if (part.room.left < 0) return { expected: "abbreviations that stay shorter than the file", at };
        if (value === "" && mark !== "," && mark !== closing)
          return { expected: `a value of ${name.slice(0, 40)}`, at };
        pieces.push(value);
      }
      skip(blanks);
    } while (at < end && text[at] === "#" && ++at);
    if (!fields.has(name)) fields.set(name, pieces.join(""));
  }
}

/** Where a value ends whose opening brace or quote is before `from`, or -1. */
function findEnd({ text, end, escapes }: Part, from: number, closing: "}" | '"'): number {
  let depth = 0;
  for (let at = from; at < end; at++) {
    const mark = text[at];
    if (depth === 0 && mark === closing) return at;
    if (mark === "\\" && escapes) at++;
    else if (mark === "{") depth++;
    else if (mark === "}" && --depth < 0) return -1;
  }
  return -1;
}
