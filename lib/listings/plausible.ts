import { arxivMonth } from "../arxiv-id";
import { moveDay } from "../days";
import type { PaperRecord } from "../paper";
import { htmlTag } from "./clean";

/** Whether brackets match. Intervals like `[0, 1)` are allowed. */
export function hasBalancedBrackets(text: string): boolean {
  let depth = 0;
  for (const [bracket] of text.matchAll(/[()[\]{}]/g)) {
    depth += "([{".includes(bracket) ? 1 : -1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

/** False for authors that cannot be names: markup, an address, half of an affiliation. */
export function isPlausibleName(name: string): boolean {
  const isOther = /^\d+$|^(?:nan|none|null)$|[<>@$]|https?:|\\\s*$/i.test(name);
  return !isOther && name.length <= 200 && hasBalancedBrackets(name);
}

type Check = (record: PaperRecord) => boolean;
const areNames: Check = ({ authors }) => authors.every(isPlausibleName);

/**
 * Whether a value could be right, for fields in which sources have been wrong. When sources disagree, an implausible
 * value never replaces a plausible one (merge.ts).
 */
const checks: Partial<Record<keyof PaperRecord, Check>> = {
  title: ({ title }) => !htmlTag.test(title) && !/\(arXiv:\S+/.test(title) && hasBalancedBrackets(title),
  abstract: ({ abstract }) =>
    abstract === null ||
    !(htmlTag.test(abstract) || /^arXiv:\S+ Announce Type/.test(abstract) || /(?:…|\.\.\.)$/.test(abstract)),
  authors: areNames,
  authorCount: areNames,
  /** An arXiv id contains the month of submission, but some papers were held back for months before. */
  publishedOn: ({ publishedOn, arxivId }) => {
    if (!arxivId || !publishedOn) return true;
    const first = `${arxivMonth(arxivId)}-01`;
    return publishedOn >= moveDay(first, -200) && publishedOn < moveDay(first, 62);
  },
};

export function isPlausible(field: keyof PaperRecord, record: PaperRecord): boolean {
  return checks[field]?.(record) ?? true;
}
