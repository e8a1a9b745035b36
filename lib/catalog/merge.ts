import type { Day } from "../days";
import { type Format, formats } from "../formats";
import { isPlausible } from "../listings/plausible";
import { type PaperRecord, tagSources } from "../paper";

/** What is known about a paper, and how reliable each field is. */
export type Known = {
  record: PaperRecord;
  /** A digit for each of `stableFields`, in that order: the rank of the format that gave it (lib/formats.ts). */
  fieldRanks: string;
  /** The day of the upvotes, comments and stars. Null if none of them is known. */
  asOf: Day | null;
};

/** Fields that do not change over time. If sources disagree, the value from the format of higher rank wins. */
export const stableFields = [
  "title",
  "abstract",
  "authors",
  "authorCount",
  "publishedOn",
  "submittedBy",
  "organization",
  "code",
  "projectPage",
  "summary",
] as const;
export type StableField = (typeof stableFields)[number];

/** What one entry says about its paper. `asOf` is the day of its upvotes, comments and stars. */
export function toKnown(record: PaperRecord, format: Format, asOf: Day): Known {
  const hasFigures = [record.upvotes, record.commentCount, record.code?.stars].some((count) => count != null);
  return {
    record,
    fieldRanks: String(formats[format].rank).repeat(stableFields.length),
    asOf: hasFigures ? asOf : null,
  };
}

/**
 * Merges what another entry says into what is known. A stable field takes the value from the format of higher rank, or from
 * the newer entry if the ranks are equal, but an implausible value never replaces a plausible one (plausible.ts). Upvotes,
 * comments and stars take the values of the newest day. Unknown values erase nothing. The caller sets `listedOn` and the
 * derived tags.
 */
export function merge(known: Known, next: Known): Known {
  const newer = (next.asOf ?? "9999") >= (known.asOf ?? "");
  let fieldRanks = "";
  const takes = new Set<StableField>();
  for (const [at, field] of stableFields.entries()) {
    const [own, other] = [known.fieldRanks[at] ?? "0", next.fieldRanks[at] ?? "0"];
    const takesNext =
      isKnown(next.record[field]) &&
      (!isKnown(known.record[field]) ||
        isPreferred(field, known.record, next.record, other > own || (other === own && newer)));
    if (takesNext) takes.add(field);
    fieldRanks += takesNext ? other : own;
  }
  const pick = <Field extends StableField>(field: Field): PaperRecord[Field] =>
    (takes.has(field) ? next : known).record[field];
  const newest = <Value>(own: Value, other: Value) => (newer ? (other ?? own) : (own ?? other));
  const [a, b] = [known.record, next.record];
  const code = pick("code");
  const sameCode = a.code && b.code && a.code.url === b.code.url;
  const record: PaperRecord = {
    arxivId: a.arxivId ?? b.arxivId,
    title: pick("title"),
    abstract: pick("abstract"),
    authors: pick("authors"),
    authorCount: pick("authorCount"),
    publishedOn: pick("publishedOn"),
    listedOn: a.listedOn,
    upvotes: newest(a.upvotes, b.upvotes),
    commentCount: newest(a.commentCount, b.commentCount),
    tags: tagSources.flatMap((source) => {
      const tagsOf = ({ tags }: PaperRecord) => tags.filter((tag) => tag.source === source);
      const own = tagsOf(a);
      return own.length > 0 ? own : tagsOf(b);
    }),
    submittedBy: pick("submittedBy"),
    organization: pick("organization"),
    code: code && sameCode ? { url: code.url, stars: newest(a.code?.stars, b.code?.stars) ?? null } : code,
    projectPage: pick("projectPage"),
    summary: pick("summary"),
    withdrawn: b.withdrawn ?? a.withdrawn,
  };
  return { record, fieldRanks: fieldRanks, asOf: newer ? (next.asOf ?? known.asOf) : known.asOf };
}

function isPreferred(
  field: StableField,
  known: PaperRecord,
  next: PaperRecord,
  isMoreReliable: boolean,
): boolean {
  const isOtherPlausible = isPlausible(field, next);
  return isPlausible(field, known) === isOtherPlausible ? isMoreReliable : isOtherPlausible;
}

function isKnown(value: PaperRecord[StableField]): boolean {
  return value !== null && (!Array.isArray(value) || value.length > 0);
}
