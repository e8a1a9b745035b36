import type { Day } from "../days";
import type { FormerId } from "../db/generated/client";
import type { Transaction } from "../db/open-database";
import { type FullRow, toRecord, withParts } from "../db/paper-row";
import { rows } from "../db/rows";
import type { Ahead, Format, ListingEntry } from "../listings/listing";
import type { PaperRecord } from "../paper";
import { type Searchable, type Terms, toTerms } from "../search/terms";
import { toTags } from "../tags/tags";
import { toTextId } from "./identity";
import { type Known, merge, toKnown } from "./merge";

/** A paper on its way into the library: as it will stand, and what of that is new. */
export type Draft = Known & {
  /** null until it has a row. */
  key: number | null;
  isNew: boolean;
  id: string;
  textId: string;
  /** Ids under which it was known until now: before its arXiv id was, or by another title. */
  formerIds: string[];
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
  /** What is to stand there; null until it is asked for. */
  terms: Terms | null;
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
  const arxivIds = rows(
    entries.map(({ paper }) => ({ id: paper.arxivId })),
    { id: "text" },
  );
  const textIds = rows(
    entries.flatMap(textIdsOf).map((id) => ({ id })),
    { id: "text" },
  );
  const keys = await tx.$queryRaw<{ key: bigint }[]>`
    SELECT "key" FROM "Paper" WHERE "arxivId" IN (SELECT said.id FROM ${arxivIds} AS said)
    UNION SELECT "key" FROM "Paper" WHERE "textId" IN (SELECT said.id FROM ${textIds} AS said)
    UNION SELECT "paperKey" FROM "FormerId" WHERE id IN (SELECT said.id FROM ${textIds} AS said)`;
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

/** Papers of the library as drafts that change nothing yet, with the ids that they had; the newest first. */
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
  found.sort((a, b) => b.key - a.key); // so that of several with one text the first stays in the map
  const days = await tx.$queryRaw<{ key: bigint; day: Day }[]>`
    SELECT "paperKey" AS key, min("listedOn") AS day FROM "Entry"
    WHERE "paperKey" IN (SELECT found.key FROM ${rows(found, { key: "int" })} AS found)
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
      given: row.given,
      asOf: row.asOf,
      isNew: false,
      formerIds: [],
      firstListed: firstListed.get(key) ?? null,
      orderKey: Number(row.orderKey),
      changed: false,
      textChanged: false,
      moved: false,
      before: toSearchable(record),
      terms: null,
      into: null,
    };
    return { draft, formerIds: row.formerIds.map((former) => former.id) };
  });
}

/** The text ids by which a paper of this entry may be known, the likeliest first. */
function textIdsOf({ paper, otherTitles = [], ahead }: ListingEntry): string[] {
  const others = otherTitles.map((title) => toTextId(title, paper.abstract));
  return [ahead?.textId ?? toTextId(paper.title, paper.abstract), ...others];
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

/** Lets one entry speak, whose figures are of the day `asOf`: the draft of its paper, new or merged with what it says. */
export function takeEntry(drafts: Drafts, entry: ListingEntry, format: Format, asOf: Day): Draft {
  const { paper: said } = entry;
  const known = toKnown(said, format, asOf);
  const draft = findDraft(drafts, entry);
  if (!draft) {
    const { textId, tags, terms } = entry.ahead ?? lookAhead(said);
    const record = { ...said, tags };
    const born: Draft = {
      key: null,
      isNew: true,
      id: said.arxivId ?? textId,
      textId,
      formerIds: [],
      ...known,
      record,
      feedDay: said.listedOn ?? said.publishedOn,
      firstListed: said.listedOn,
      orderKey: 0,
      changed: true,
      textChanged: true,
      moved: false,
      before: null,
      terms,
      into: null,
    };
    remember(drafts, born);
    return born;
  }
  const alike = findAlike(drafts, entry);
  update(drafts, draft, merge(draft, known), said.listedOn);
  // Known by its arXiv id, and apart from that by its text: the two are one.
  if (alike && alike !== draft && draft.record.arxivId && !alike.record.arxivId) absorb(drafts, draft, alike);
  return draft;
}

/** What follows from a record alone; tags and terms one after the other, since they share the scan of the abstract. */
export function lookAhead(said: PaperRecord): Omit<Ahead, "packed"> {
  const tags = toTags(said.title, said.abstract, said.tags);
  const terms = toTerms(toSearchable({ ...said, tags }));
  return { textId: toTextId(said.title, said.abstract), tags, terms };
}

function update(drafts: Drafts, draft: Draft, known: Known, listedOn: Day | null): void {
  const { record: merged } = known;
  const { record } = draft;
  const sameText = merged.title === record.title && merged.abstract === record.abstract;
  if (!sameText || JSON.stringify(merged.tags) !== JSON.stringify(record.tags))
    merged.tags = toTags(merged.title, merged.abstract, merged.tags);
  if (merged.arxivId && !record.arxivId) {
    if (!draft.isNew) draft.formerIds.push(draft.id);
    draft.id = merged.arxivId;
  }
  if (listedOn && (!draft.firstListed || listedOn < draft.firstListed)) draft.firstListed = listedOn;
  restate(draft, known);
  remember(drafts, draft);
}

/** Makes a draft say this and nothing else; its feed day follows from the first day that a listing had it. */
export function restate(draft: Draft, { record, given, asOf }: Known): void {
  const before = draft.record;
  const textId = toTextId(record.title, record.abstract);
  // A rendering that has the title of before should find it still.
  const wasKnownBy = textId !== draft.textId && before.abstract !== null && draft.textId !== draft.id;
  if (wasKnownBy && !draft.formerIds.includes(draft.textId)) draft.formerIds.push(draft.textId);
  const feedDay = draft.firstListed ?? record.publishedOn;
  draft.textChanged ||=
    JSON.stringify([toSearchable(record), record.tags]) !==
    JSON.stringify([toSearchable(before), before.tags]);
  draft.moved ||= feedDay !== draft.feedDay;
  draft.changed ||=
    JSON.stringify([before, draft.feedDay, draft.given, draft.asOf]) !==
    JSON.stringify([record, feedDay, given, asOf]);
  if (draft.textChanged) draft.terms = null;
  Object.assign(draft, { record, given, asOf, feedDay, textId });
}

/** Makes `gone` a part of `draft`: what only it knew is kept, its entries, bookmarks and addresses follow at the save. */
function absorb(drafts: Drafts, draft: Draft, gone: Draft): void {
  update(drafts, draft, merge(draft, gone), gone.firstListed);
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
