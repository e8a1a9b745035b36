import { findFormulas } from "../tex/formulas";
import { oneLine } from "./cite-item";

const commands: Record<string, string> = {
  "\\": "\\textbackslash{}",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
};
const braceCommands: Record<string, string> = { "{": "\\textbraceleft{}", "}": "\\textbraceright{}" };

/**
 * A text as the value of a BibTeX field, in UTF-8, on one line. Formulas become `$…$`; everything else that TeX would act
 * on is escaped. The braces of the result are balanced whatever the text is, because BibTeX counts escaped ones too.
 */
export function toBibtexText(text: string): string {
  const parts = split(oneLine(text));
  const balanced = areBalanced(parts);
  return parts.map(({ tex, raw }) => (tex === null ? escapeBibtex(raw, balanced) : `$${tex}$`)).join("");
}

/**
 * The same for a title. Formulas and words with a capital after their first character are protected by braces, because
 * styles set the rest of a title in lower case.
 */
export function toBibtexTitle(title: string): string {
  const parts = split(oneLine(title));
  const balanced = areBalanced(parts);
  return parts.map(({ tex, raw }) => (tex === null ? protectWords(raw, balanced) : `{$${tex}$}`)).join("");
}

/** Escapes what TeX would act on, formulas included. `balanced` is for a part of a text: whether all its braces are. */
export function escapeBibtex(text: string, balanced = isBalanced(text)): string {
  const braces = balanced ? (brace: string) => `\\${brace}` : (brace: string) => braceCommands[brace];
  return text.replace(
    /[\\~^{}&%$#_]/g,
    (one) => commands[one] ?? (/[{}]/.test(one) ? (braces(one) ?? "") : `\\${one}`),
  );
}

type Part = { raw: string; tex: string | null };

function split(text: string): Part[] {
  const parts: Part[] = [];
  let at = 0;
  for (const { start, end, tex } of findFormulas(text)) {
    const safe = toSafeTex(tex);
    if (safe === null) continue;
    parts.push({ raw: text.slice(at, start), tex: null }, { raw: text.slice(start, end), tex: safe });
    at = end;
  }
  parts.push({ raw: text.slice(at), tex: null });
  return parts;
}

/** The inside of `$…$`, or null if it could end the formula or the field, or comment out the rest of a line. */
function toSafeTex(tex: string): string | null {
  const trimmed = tex.trim();
  const escaped = trimmed.replace(/\\[\s\S]/g, "");
  if (trimmed === "" || /[$\\]/.test(escaped) || !isBalanced(trimmed)) return null;
  return trimmed.replace(/(\\[\s\S])|([%#])/g, (_, command?: string, sign = "") => command ?? `\\${sign}`);
}

/** Whether the braces are balanced if escaped ones count too, as in BibTeX. */
function isBalanced(text: string): boolean {
  let depth = 0;
  for (const one of text) {
    if (one === "{") depth++;
    else if (one === "}" && --depth < 0) return false;
  }
  return depth === 0;
}

/** Whether the braces outside of formulas are balanced. Those inside a formula are on their own. */
function areBalanced(parts: Part[]): boolean {
  return isBalanced(parts.map(({ tex, raw }) => (tex === null ? raw : "")).join(""));
}

function protectWords(text: string, balanced: boolean): string {
  return text.replace(/\S+/g, (word) => {
    const [, before = "", core = "", after = ""] =
      /^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}]*)$/su.exec(word) ?? [];
    if (!/^.+\p{Lu}/su.test(core)) return escapeBibtex(word, balanced);
    return `${escapeBibtex(before, balanced)}{${escapeBibtex(core, balanced)}}${escapeBibtex(after, balanced)}`;
  });
}
