import { arxivMonth } from "../arxiv-id";
import { moveDay } from "../days";
import type { PaperRecord } from "../paper";

/** A tag of HTML with its attributes; not the `<a and b>` of a formula. */
export const markup =
  /<\/?(?:p|a|b|i|em|strong|sub|sup|span|div|ul|ol|li|br)(?:\s+[a-z-]{1,20}=[^<>]{0,2000})?\s?\/?>/i;
/** True where every bracket that closes was opened, and the other way round; intervals like `[0, 1)` count. */
export function hasBalancedBrackets(text: string): boolean {
  let depth = 0;
  for (const [bracket] of text.matchAll(/[()[\]{}]/g)) {
    depth += "([{".includes(bracket) ? 1 : -1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

/** False for what a source has among its authors that cannot be a name: markup, an address, half of an affiliation. */
export function isPlausibleName(name: string): boolean {
  const isOther = /^\d+$|^(?:nan|none|null)$|[<>@$]|https?:|\\\s*$/i.test(name);
  return !isOther && name.length <= 200 && hasBalancedBrackets(name);
}

type Check = (record: PaperRecord) => boolean;
const areNames: Check = ({ authors }) => authors.every(isPlausibleName);

/**
 * Whether a record's value could be right, for the fields where sources have been seen to be wrong. Between two sources a
 * value that fails never takes the place of one that passes (merge.ts).
 */
const checks: Partial<Record<keyof PaperRecord, Check>> = {
  title: ({ title }) => !markup.test(title) && !/\(arXiv:\S+/.test(title) && hasBalancedBrackets(title),
  abstract: ({ abstract }) =>
    abstract === null ||
    !(markup.test(abstract) || /^arXiv:\S+ Announce Type/.test(abstract) || /(?:…|\.\.\.)$/.test(abstract)),
  authors: areNames,
  authorCount: areNames,
  /** An arXiv id holds the month in which the paper came; some were held back for months before. */
  publishedOn: ({ publishedOn, arxivId }) => {
    if (!arxivId || !publishedOn) return true;
    const first = `${arxivMonth(arxivId)}-01`;
    return publishedOn >= moveDay(first, -200) && publishedOn < moveDay(first, 62);
  },
};

export function isPlausible(field: keyof PaperRecord, record: PaperRecord): boolean {
  return checks[field]?.(record) ?? true;
}
