import { createHash } from "node:crypto";

/**
 * The id of a paper whose arXiv id is not known: `t-` and the first 12 hex digits of the SHA-256 of the normalised
 * title, a newline, and the first 200 characters of the normalised abstract. Papers that only share a title stay two.
 */
export function toTextId(title: string, abstract: string | null): string {
  const text = `${normalise(title)}\n${normalise(abstract ?? "").slice(0, 200)}`;
  return `t-${createHash("sha256").update(text).digest("hex").slice(0, 12)}`;
}

/**
 * NFKC, lower case, letters and digits only: renderings of one text differ in line breaks, in blanks lost beside what a
 * search marked, and in TeX that lost its backslashes and braces (`1920\times1080`, `1920times1080`).
 */
function normalise(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");
}
