import type { Day } from "../days";
import type { Transaction } from "../db/client";
import { type FullRow, toRecord, withParts } from "../db/paper-row";
import type { FormerId } from "../db/prisma";
import { rows } from "../db/rows";
import type { Format } from "../formats";
import type { Derived, ListingEntry } from "../listings/listing";
import type { PaperRecord } from "../paper";
import { type Searchable, type Terms, toTerms } from "../search/terms";
import { deriveTags } from "../tags/derive";
import type { Priors } from "../tags/priors";
import { toTags } from "../tags/tags";
import { type Known, merge, toKnown } from "./merge";
import { toTextId } from "./text-id";

/** A paper about to be saved: its new state, and what has changed. */
export type Draft = Known & {
  /** null until it has a row. */
  key: number | null;
  isNew: boolean;
  id: string;
  textId: string;
  /** Its previous ids, from before its arXiv id was known, or from another title. */
  formerIds: string[];
  feedDay: Day | null;
  /** The first day that a listing had it. */
  firstListed: Day | null;
  /** 0 until assigned. */
  orderKey: number;
  changed: boolean;
  textChanged: boolean;
  /** Whether its feed day has changed. */
  moved: boolean;
  /** What is in the index now. Null for a new paper. */
  indexed: Searchable | null;
  /** What will be in the index. Null until requested. */
  terms: Terms | null;
  /** The paper it turned out to be the same as. */
  absorbedBy: Draft | null;
};

export type Drafts = {
  byArxivId: Map<string, Draft>;
  byTextId: Map<string, Draft>;
  /** Papers that turned out to be this one. */
  absorbed: Draft[];
};

// SQLite accepts only a limited number of parameters.
const atOnce = 500;

/** Drafts of all papers in the library that these entries may be about. */
export async function findDrafts(tx: Transaction, entries: ListingEntry[]): Promise<Drafts> {
  const arxivIds = rows(
    tx,
    entries.map(({ paper }) => ({ id: paper.arxivId })),
    { id: "text" },
  );
  const textIds = rows(
    tx,
    entries.flatMap(textIdsOf).map((id) => ({ id })),
    { id: "text" },
  );
  const keys = await tx.$queryRaw<{ key: bigint }[]>`
    SELECT "key" FROM "Paper" WHERE "arxivId" IN (SELECT wanted.id FROM ${arxivIds} AS wanted)
    UNION SELECT "key" FROM "Paper" WHERE "textId" IN (SELECT wanted.id FROM ${textIds} AS wanted)
    UNION SELECT "paperKey" FROM "FormerId" WHERE id IN (SELECT wanted.id FROM ${textIds} AS wanted)`;
  const drafts: Drafts = { byArxivId: new Map(), byTextId: new Map(), absorbed: [] };
  for (const { draft, formerIds } of await loadDrafts(
    tx,
    keys.map(({ key }) => Number(key)),
  )) {
    for (const former of formerIds) drafts.byTextId.set(former, draft);
    remember(drafts, draft);
  }
  return drafts;
}

/** Papers of the library as unchanged drafts, with their previous ids, newest first. */
export async function loadDrafts(
  tx: Transaction,
  keys: number[],
): Promise<{ draft: Draft; formerIds: string[] }[]> {
  if (keys.length === 0) return [];
  const found: (FullRow & { formerIds: FormerId[] })[] = [];
  for (let at = 0; at < keys.length; at += atOnce) {
    const some = keys.slice(at, at + atOnce);
    found.push(
      ...(await tx.paper.findMany({
        where: { key: { in: some } },
        include: { ...withParts, formerIds: true },
      })),
    );
  }
  found.sort((a, b) => b.key - a.key); // so that the first of several papers with the same text wins
  const days = await tx.$queryRaw<{ key: bigint; day: Day }[]>`
    SELECT "paperKey" AS key, min("listedOn") AS day FROM "Entry"
    WHERE "paperKey" IN (SELECT found.key FROM ${rows(tx, found, { key: "int" })} AS found)
      AND "listedOn" IS NOT NULL GROUP BY "paperKey"`;
  const firstListed = new Map(days.map(({ key, day }) => [Number(key), day]));
  return found.map((row) => {
    const record = toRecord(row);
    const { key, id, textId, feedDay } = row;
    const draft: Draft = {
      key,
      id,
      textId,
      feedDay,
      record,
      fieldRanks: row.fieldRanks,
      asOf: row.asOf,
      isNew: false,
      formerIds: [],
      firstListed: firstListed.get(key) ?? null,
      orderKey: Number(row.orderKey),
      changed: false,
      textChanged: false,
      moved: false,
      indexed: toSearchable(record),
      terms: null,
      absorbedBy: null,
    };
    return { draft, formerIds: row.formerIds.map((former) => former.id) };
  });
}

/** The text ids under which the paper of an entry may be known, most likely first. */
function textIdsOf({ paper, otherTitles = [], derived }: ListingEntry): string[] {
  const others = otherTitles.map((title) => toTextId(title, paper.abstract));
  return [derived?.textId ?? toTextId(paper.title, paper.abstract), ...others];
}

function remember(drafts: Drafts, draft: Draft): void {
  if (draft.record.arxivId) drafts.byArxivId.set(draft.record.arxivId, draft);
  drafts.byTextId.set(draft.textId, draft);
}

/**
 * The draft of the paper that an entry is about: by arXiv id, or else by text, but never one with a different arXiv id.
 */
export function findDraft(drafts: Drafts, entry: ListingEntry): Draft | null {
  const { arxivId } = entry.paper;
  const same = arxivId ? drafts.byArxivId.get(arxivId) : undefined;
  return same ?? findByText(drafts, entry);
}

function findByText(drafts: Drafts, entry: ListingEntry): Draft | null {
  for (const textId of textIdsOf(entry)) {
    const sameText = drafts.byTextId.get(textId);
    if (sameText && !(entry.paper.arxivId && sameText.record.arxivId)) return sameText;
  }
  return null;
}

/** Merges an entry, whose votes are from the day `asOf`, into the draft of its paper, or creates one. */
export function applyEntry(
  drafts: Drafts,
  entry: ListingEntry,
  format: Format,
  asOf: Day,
  priors: Priors,
): Draft {
  const { paper } = entry;
  const known = toKnown(paper, format, asOf);
  const draft = findDraft(drafts, entry);
  if (!draft) {
    const { textId, tags, terms } = entry.derived ?? derive(paper, priors);
    const record = { ...paper, tags };
    const created: Draft = {
      key: null,
      isNew: true,
      id: paper.arxivId ?? textId,
      textId,
      formerIds: [],
      ...known,
      record,
      feedDay: paper.listedOn ?? paper.publishedOn,
      firstListed: paper.listedOn,
      orderKey: 0,
      changed: true,
      textChanged: true,
      moved: false,
      indexed: null,
      terms,
      absorbedBy: null,
    };
    remember(drafts, created);
    return created;
  }
  const byText = findByText(drafts, entry);
  update(drafts, draft, merge(draft, known), paper.listedOn, priors);
  // If the library has one paper by the arXiv id and one by the text, they are the same.
  if (byText && byText !== draft && draft.record.arxivId && !byText.record.arxivId)
    absorb(drafts, draft, byText, priors);
  return draft;
}

/**
 * What follows from a record and what was learned before. Tags and terms are computed together, because they share the
 * scan of the abstract.
 */
export function derive(record: PaperRecord, priors: Priors): Omit<Derived, "packed"> {
  const tags = toTags(record.tags, () => deriveTags(record.title, record.abstract, priors));
  const terms = toTerms(toSearchable({ ...record, tags }));
  return { textId: toTextId(record.title, record.abstract), tags, terms };
}

/**
 * The tags of a record that replaces `before`. While the text stays the same, so do the tags derived from it: what was
 * learned meanwhile must not change papers that an import says nothing new about.
 */
export function updateTags(
  { title, abstract, tags }: PaperRecord,
  before: PaperRecord,
  priors: Priors,
): PaperRecord["tags"] {
  const sameText = title === before.title && abstract === before.abstract;
  const wereDerived = !before.tags.some((tag) => tag.source === "hub");
  return toTags(tags, () =>
    sameText && wereDerived
      ? before.tags.filter((tag) => tag.source === "derived").map((tag) => tag.name)
      : deriveTags(title, abstract, priors),
  );
}

function update(drafts: Drafts, draft: Draft, known: Known, listedOn: Day | null, priors: Priors): void {
  const { record: merged } = known;
  const { record } = draft;
  const sameText = merged.title === record.title && merged.abstract === record.abstract;
  if (!sameText || JSON.stringify(merged.tags) !== JSON.stringify(record.tags))
    merged.tags = updateTags(merged, record, priors);
  if (merged.arxivId && !record.arxivId) {
    if (!draft.isNew) draft.formerIds.push(draft.id);
    draft.id = merged.arxivId;
  }
  if (listedOn && (!draft.firstListed || listedOn < draft.firstListed)) draft.firstListed = listedOn;
  setRecord(draft, known);
  remember(drafts, draft);
}

/** Replaces the content of a draft. Its feed day follows from the first day that a listing had it. */
export function setRecord(draft: Draft, { record, fieldRanks, asOf }: Known): void {
  const before = draft.record;
  const textId = toTextId(record.title, record.abstract);
  // A text copy with the previous title should still find it.
  const wasKnownBy = textId !== draft.textId && before.abstract !== null && draft.textId !== draft.id;
  if (wasKnownBy && !draft.formerIds.includes(draft.textId)) draft.formerIds.push(draft.textId);
  const feedDay = draft.firstListed ?? record.publishedOn;
  draft.textChanged ||=
    JSON.stringify([toSearchable(record), record.tags]) !==
    JSON.stringify([toSearchable(before), before.tags]);
  draft.moved ||= feedDay !== draft.feedDay;
  draft.changed ||=
    JSON.stringify([before, draft.feedDay, draft.fieldRanks, draft.asOf]) !==
    JSON.stringify([record, feedDay, fieldRanks, asOf]);
  if (draft.textChanged) draft.terms = null;
  Object.assign(draft, { record, fieldRanks, asOf, feedDay, textId });
}

/**
 * Merges the draft `absorbed` into `draft`, keeping what only it knew. The save moves its entries, bookmarks and addresses.
 */
function absorb(drafts: Drafts, draft: Draft, absorbed: Draft, priors: Priors): void {
  update(drafts, draft, merge(draft, absorbed), absorbed.firstListed, priors);
  drafts.byTextId.set(absorbed.textId, draft);
  absorbed.absorbedBy = draft;
  drafts.absorbed.push(absorbed);
  draft.changed = true;
}

export function toSearchable(record: PaperRecord): Searchable {
  return {
    title: record.title,
    abstract: record.abstract,
    authors: record.authors,
    tags: record.tags.map((tag) => tag.name),
    organization: record.organization ? [record.organization.name, record.organization.fullName] : [],
    submitter: record.submittedBy ? [record.submittedBy.name, record.submittedBy.fullName] : [],
    has: [...(record.code ? ["code"] : []), ...(record.projectPage ? ["project"] : [])],
  };
}
