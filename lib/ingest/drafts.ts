import type { Day } from "../days";
import type { FormerId } from "../db/generated/client";
import type { Transaction } from "../db/open-database";
import { type FullRow, toRecord, withParts } from "../db/paper-row";
import type { PaperRecord } from "../paper";
import type { Searchable } from "../search/sqlite";
import { toTags } from "../tags/tags";
import { toTextId } from "./identity";
import type { ListingEntry } from "./listing";
import { mergeRecords } from "./merge";

/** A paper on its way into the library: as it will stand, and what of that is new. */
export type Draft = {
  /** null until it has a row. */
  key: number | null;
  isNew: boolean;
  id: string;
  textId: string;
  /** The id it had until now, where its arXiv id has just become known. */
  formerId: string | null;
  record: PaperRecord;
  feedDay: Day | null;
  /** The first day that a listing had it. */
  firstListed: Day | null;
  /** 0 until assigned. */
  orderKey: number;
  changed: boolean;
  textChanged: boolean;
  /** Its feed day is another than before. */
  moved: boolean;
  /** What stands in the index now; null for a new paper. */
  before: Searchable | null;
  /** The paper that it turned out to be. */
  into: Draft | null;
};

export type Drafts = {
  byArxivId: Map<string, Draft>;
  byTextId: Map<string, Draft>;
  /** Those that turned out to be another paper. */
  absorbed: Draft[];
};

// SQLite takes no list of a thousand in one query.
const atOnce = 500;

/** Drafts of all papers of the library that these entries could speak of. */
export async function findDrafts(tx: Transaction, entries: ListingEntry[]): Promise<Drafts> {
  const arxivIds = JSON.stringify(entries.flatMap(({ paper }) => paper.arxivId ?? []));
  const textIds = JSON.stringify(entries.flatMap(textIdsOf));
  const keys = await tx.$queryRaw<{ key: bigint }[]>`
    SELECT "key" FROM "Paper" WHERE "arxivId" IN (SELECT value FROM json_each(${arxivIds}))
    UNION SELECT "key" FROM "Paper" WHERE "textId" IN (SELECT value FROM json_each(${textIds}))
    UNION SELECT "paperKey" FROM "FormerId" WHERE id IN (SELECT value FROM json_each(${textIds}))`;
  const drafts: Drafts = { byArxivId: new Map(), byTextId: new Map(), absorbed: [] };
  if (keys.length === 0) return drafts;
  const rows: (FullRow & { formerIds: FormerId[] })[] = [];
  for (let at = 0; at < keys.length; at += atOnce) {
    const some = keys.slice(at, at + atOnce).map(({ key }) => Number(key));
    rows.push(
      ...(await tx.paper.findMany({
        where: { key: { in: some } },
        include: { ...withParts, formerIds: true },
      })),
    );
  }
  rows.sort((a, b) => b.key - a.key); // so that of several with one text the first stays in the map
  const listed = JSON.stringify(rows.map((row) => row.key));
  const days = await tx.$queryRaw<{ key: bigint; day: Day }[]>`
    SELECT "paperKey" AS key, min("listedOn") AS day FROM "Entry"
    WHERE "paperKey" IN (SELECT value FROM json_each(${listed})) AND "listedOn" IS NOT NULL GROUP BY "paperKey"`;
  const firstListed = new Map(days.map(({ key, day }) => [Number(key), day]));
  for (const row of rows) {
    const record = toRecord(row);
    const { key, id, textId, feedDay } = row;
    const draft: Draft = {
      key,
      id,
      textId,
      feedDay,
      record,
      isNew: false,
      formerId: null,
      firstListed: firstListed.get(key) ?? null,
      orderKey: Number(row.orderKey),
      changed: false,
      textChanged: false,
      moved: false,
      before: toSearchable(record),
      into: null,
    };
    for (const former of row.formerIds) drafts.byTextId.set(former.id, draft);
    remember(drafts, draft);
  }
  return drafts;
}

/** The text ids by which a paper of this entry may be known, the likeliest first. */
function textIdsOf({ paper, otherTitles = [] }: ListingEntry): string[] {
  return [paper.title, ...otherTitles].map((title) => toTextId(title, paper.abstract));
}

function remember(drafts: Drafts, draft: Draft): void {
  if (draft.record.arxivId) drafts.byArxivId.set(draft.record.arxivId, draft);
  drafts.byTextId.set(draft.textId, draft);
}

/** The draft of the paper that an entry speaks of: by arXiv id; else by text, but never one arXiv id for another. */
export function findDraft(drafts: Drafts, entry: ListingEntry): Draft | null {
  const { arxivId } = entry.paper;
  const same = arxivId ? drafts.byArxivId.get(arxivId) : undefined;
  return same ?? findAlike(drafts, entry);
}

function findAlike(drafts: Drafts, entry: ListingEntry): Draft | null {
  for (const textId of textIdsOf(entry)) {
    const alike = drafts.byTextId.get(textId);
    if (alike && !(entry.paper.arxivId && alike.record.arxivId)) return alike;
  }
  return null;
}

/** Lets one entry speak: the draft of its paper, new or merged with what it says. */
export function takeEntry(drafts: Drafts, entry: ListingEntry): Draft {
  const { paper: said } = entry;
  const draft = findDraft(drafts, entry);
  if (!draft) {
    const textId = toTextId(said.title, said.abstract);
    const born: Draft = {
      key: null,
      isNew: true,
      id: said.arxivId ?? textId,
      textId,
      formerId: null,
      record: { ...said, tags: toTags(said.title, said.abstract, said.tags) },
      feedDay: said.listedOn ?? said.publishedOn,
      firstListed: said.listedOn,
      orderKey: 0,
      changed: true,
      textChanged: true,
      moved: false,
      before: null,
      into: null,
    };
    remember(drafts, born);
    return born;
  }
  const alike = findAlike(drafts, entry);
  update(drafts, draft, mergeRecords(draft.record, said), said.listedOn);
  // Known by its arXiv id, and apart from that by its text: the two are one.
  if (alike && alike !== draft && draft.record.arxivId && !alike.record.arxivId) absorb(drafts, draft, alike);
  return draft;
}

function update(drafts: Drafts, draft: Draft, merged: PaperRecord, listedOn: Day | null): void {
  const before = JSON.stringify([draft.record, draft.feedDay]);
  const record = draft.record;
  const sameText = merged.title === record.title && merged.abstract === record.abstract;
  if (!sameText || JSON.stringify(merged.tags) !== JSON.stringify(record.tags))
    merged.tags = toTags(merged.title, merged.abstract, merged.tags);
  if (merged.arxivId && !record.arxivId) {
    if (!draft.isNew) draft.formerId = draft.id;
    draft.id = merged.arxivId;
  }
  if (!sameText) draft.textId = toTextId(merged.title, merged.abstract);
  if (listedOn && (!draft.firstListed || listedOn < draft.firstListed)) draft.firstListed = listedOn;
  const feedDay = draft.firstListed ?? merged.publishedOn;
  draft.textChanged ||=
    JSON.stringify([toSearchable(merged), merged.tags]) !==
    JSON.stringify([toSearchable(record), record.tags]);
  draft.moved ||= feedDay !== draft.feedDay;
  draft.record = merged;
  draft.feedDay = feedDay;
  draft.changed ||= before !== JSON.stringify([merged, feedDay]);
  remember(drafts, draft);
}

/** Makes `gone` a part of `draft`: what only it knew is kept, its entries, bookmarks and addresses follow at the save. */
function absorb(drafts: Drafts, draft: Draft, gone: Draft): void {
  const { upvotes, commentCount } = draft.record;
  const merged = mergeRecords(draft.record, gone.record);
  merged.upvotes = upvotes ?? merged.upvotes; // what moves is newest in the one just spoken of
  merged.commentCount = commentCount ?? merged.commentCount;
  update(drafts, draft, merged, gone.firstListed);
  drafts.byTextId.set(gone.textId, draft);
  gone.into = draft;
  drafts.absorbed.push(gone);
  draft.changed = true;
}

export function toSearchable(record: PaperRecord): Searchable {
  return {
    title: record.title,
    abstract: record.abstract,
    authors: record.authors,
    tags: record.tags.map((tag) => tag.name),
  };
}
