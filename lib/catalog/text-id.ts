import { createHash } from "node:crypto";

/**
 * The id of a paper without a known arXiv id: `t-` and the first 12 hex digits of the SHA-256 of the normalized title,
 * a newline, and the first 200 characters of the normalized abstract. Papers that share only a title stay separate.
 */
export function toTextId(title: string, abstract: string | null): string {
  const text = `${normalize(title)}\n${normalize(abstract ?? "").slice(0, 200)}`;
  return `t-${createHash("sha256").update(text).digest("hex").slice(0, 12)}`;
}

/**
 * NFKC, lower case, letters and digits only. Copies of a text differ in line breaks, in spaces lost beside highlighted
 * words, and in TeX that lost its backslashes and braces (`1920\times1080`, `1920times1080`).
 */
function normalize(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");
}
