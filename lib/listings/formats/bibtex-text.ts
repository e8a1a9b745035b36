import { accents, letters, styles } from "./tex-letters";

const quotes = new Set(["enquote", "mkbibquote"]);
const special = /[\\{}$~`'-]/g;
const command = /\\(?:([a-zA-Z]+)[ \t\n]*|([\s\S]))/y;
const dashes: Record<string, string> = { "---": "—", "--": "–", "``": "“", "''": "”" };

/**
 * The Unicode text of a BibTeX value: accents, symbols and dashes become characters, braces go. Formulas stay as they
 * are, and so does a command it does not know, with the braces after it. Takes time proportional to the length.
 */
export function fromTex(tex: string): string {
  return /[\\{}$~`'-]/.test(tex) ? convert(tex, 0).normalize("NFC") : tex;
}

function convert(tex: string, depth: number): string {
  let text = "";
  let at = 0;
  /** What the closing brace of each open group becomes. */
  const open: string[] = [];
  const absent = new Set<string>(); // ends of formulas that do not occur any more
  /** A formula that ends with `end`, or only its beginning if it never ends. */
  const copyFormula = (begin: string, end: string) => {
    const close = absent.has(end) ? -1 : tex.indexOf(end, at + begin.length);
    if (close < 0) absent.add(end);
    const stop = close < 0 ? at + begin.length : close + end.length;
    text += tex.slice(at, stop);
    at = stop;
  };
  for (;;) {
    special.lastIndex = at;
    const next = special.exec(tex)?.index ?? tex.length;
    text += tex.slice(at, next);
    at = next;
    const mark = tex[at];
    if (mark === undefined) return text + open.reverse().join("");
    const dollars = tex.startsWith("$$", at) ? "$$" : "$";
    if (mark === "$") copyFormula(dollars, dollars);
    else if (tex.startsWith("\\(", at)) copyFormula("\\(", "\\)");
    else if (tex.startsWith("\\[", at)) copyFormula("\\[", "\\]");
    else if (mark === "\\") readCommand();
    else if (mark === "{") {
      open.push("");
      at++;
    } else if (mark === "}") {
      text += open.pop() ?? "";
      at++;
    } else {
      const run = [3, 2].map((length) => tex.slice(at, at + length)).find((some) => some in dashes);
      text += run ? dashes[run] : mark === "~" ? " " : mark;
      at += run?.length ?? 1;
    }
  }

  function readCommand(): void {
    command.lastIndex = at;
    const [whole = "\\", word, sign] = command.exec(tex) ?? [];
    const name = word ?? sign ?? "";
    const accent = accents.get(name);
    if (accent !== undefined) {
      const base = readBase(at + whole.length);
      if (base) {
        text += base.text;
        at = base.end;
        return;
      }
    }
    at += whole.length;
    const letter = letters.get(name);
    if (letter !== undefined) {
      text += letter;
      if (tex.startsWith("{}", at)) at += 2;
    } else if (quotes.has(name) && tex[at] === "{") {
      text += "“";
      open.push("”");
      at++;
    } else if (styles.has(name)) return;
    else if (sign !== undefined) text += readSign(sign) ?? whole;
    else if (tex[at] === "{") {
      text += `${whole.trimEnd()}{`;
      open.push("}");
      at++;
    } else text += whole;

    function readBase(from: number): { text: string; end: number } | null {
      const piece =
        /^\s*(?:\{((?:[^{}\\]|\\[a-zA-Z]+\s?|\\[^a-zA-Z]|\{[^{}]{0,20}\}){0,20})\}|(\\[ij])(?![a-zA-Z])\s?|(\\[^a-zA-Z\s]\{?[a-zA-Z]\}?|[^\\{}\s]))/u.exec(
          tex.slice(from, from + 80),
        );
      if (!piece) return null;
      const inner = piece[1] ?? piece[2] ?? piece[3] ?? "";
      const plain = (depth < 3 ? convert(inner, depth + 1) : inner).normalize("NFC");
      const [first = "", ...rest] = plain.trim();
      if (first === "") return { text: sign ?? "", end: from + piece[0].length };
      const base = { ı: "i", ȷ: "j" }[first] ?? first;
      return { text: `${base}${accent}${rest.join("")}`, end: from + piece[0].length };
    }
  }
}

/** What a backslash and one other character stand for. Undefined if that is nothing in TeX. */
function readSign(sign: string): string | undefined {
  if (/[\\\s,;:]/.test(sign)) return " ";
  if (/[-!/]/.test(sign)) return "";
  return /[\d"'`^=.~]/.test(sign) ? undefined : sign;
}

/** A BibTeX value that TeX does not typeset: an address, an identifier. */
export function fromVerbatim(tex: string): string {
  return tex
    .replace(/\\url\s*/g, "")
    .replace(/\\textasciitilde\s?|\\~(?:\{\})?/g, "~")
    .replace(/\\textunderscore\s?/g, "_")
    .replace(/\\([_%#&~$])/g, "$1")
    .replace(/[{}\s]/g, "");
}
