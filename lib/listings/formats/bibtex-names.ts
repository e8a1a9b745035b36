import { fromTex } from "./bibtex-text";
import { givenFirst } from "./references";

/** The names of a BibTeX list in order, given name first; `others` stays one of them. */
export function readBibNames(tex: string): string[] {
  return splitOutside(tex, /\sand(?=\s|$)/gi)
    .map((name) => readName(name.trim()))
    .filter((name) => name !== "");
}

/** Splits a text where the pattern matches, but not in braces. An unmatched brace counts until the end. */
export function splitOutside(tex: string, pattern: RegExp): string[] {
  const parts: string[] = [];
  let [depth, from, at] = [0, 0, 0];
  for (const { index, 0: found } of tex.matchAll(pattern)) {
    for (; at < index; at++) {
      if (tex[at] === "\\") at++;
      else if (tex[at] === "{") depth++;
      else if (tex[at] === "}") depth--;
    }
    if (depth > 0) continue;
    parts.push(tex.slice(from, index));
    from = index + found.length;
  }
  parts.push(tex.slice(from));
  return parts;
}

function readName(tex: string): string {
  const parts = splitOutside(tex, /,/g);
  // biblatex's long form: `family=Berg, given=Jan, prefix=van der`.
  const named = new Map(
    parts.flatMap((part) => {
      const [, name = "", value = ""] = /^\s*(family|given|prefix|suffix)\s*=\s*(.*)$/is.exec(part) ?? [];
      return name ? [[name.toLowerCase(), fromTex(value).replaceAll('"', "")] as const] : [];
    }),
  );
  if (named.has("family"))
    return ["given", "prefix", "family", "suffix"]
      .map((part) => named.get(part))
      .filter(Boolean)
      .join(" ");
  return givenFirst(parts.map(fromTex));
}
