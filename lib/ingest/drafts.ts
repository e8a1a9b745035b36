import type { Day } from "../days";
import type { Transaction } from "../db/open-database";
import { toRecord, withParts } from "../db/paper-row";
import type { PaperRecord } from "../paper";
import type { Searchable } from "../search/sqlite";
import { toTextId } from "./identity";
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
};

type Drafts = { byArxivId: Map<string, Draft>; byTextId: Map<string, Draft> };

/** Drafts of all papers of the library that these records could speak of. */
export async function findDrafts(tx: Transaction, records: PaperRecord[]): Promise<Drafts> {
  const arxivIds = records.flatMap((record) => record.arxivId ?? []);
  const textIds = records.map((record) => toTextId(record.title, record.abstract));
  const rows = await tx.paper.findMany({
    where: { OR: [{ arxivId: { in: arxivIds } }, { textId: { in: textIds } }] },
    include: withParts,
    orderBy: { key: "desc" }, // so that of several with one text the first stays in the map
  });
  const days = await tx.entry.groupBy({
    by: ["paperKey"],
    where: { paperKey: { in: rows.map((row) => row.key) }, listedOn: { not: null } },
    _min: { listedOn: true },
  });
  const firstListed = new Map(days.map((day) => [day.paperKey, day._min.listedOn]));
  const drafts: Drafts = { byArxivId: new Map(), byTextId: new Map() };
  for (const row of rows) {
    const record = toRecord(row);
    const { key, id, textId, feedDay } = row;
    remember(drafts, {
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
    });
  }
  return drafts;
}

function remember(drafts: Drafts, draft: Draft): void {
  if (draft.record.arxivId) drafts.byArxivId.set(draft.record.arxivId, draft);
  drafts.byTextId.set(draft.textId, draft);
}

/** Lets one entry speak: the draft of its paper, new or merged with what it says. */
export function takeEntry(drafts: Drafts, said: PaperRecord): Draft {
  const textId = toTextId(said.title, said.abstract);
  const draft = find(drafts, said.arxivId, textId);
  if (!draft) {
    const feedDay = said.listedOn ?? said.publishedOn;
    const born: Draft = {
      key: null,
      isNew: true,
      id: said.arxivId ?? textId,
      textId,
      formerId: null,
      record: said,
      feedDay,
      firstListed: said.listedOn,
      orderKey: 0,
      changed: true,
      textChanged: true,
      moved: false,
      before: null,
    };
    remember(drafts, born);
    return born;
  }
  const merged = mergeRecords(draft.record, said);
  const before = JSON.stringify([draft.record, draft.feedDay]);
  if (merged.arxivId && !draft.record.arxivId) {
    if (!draft.isNew) draft.formerId = draft.id;
    draft.id = merged.arxivId;
  }
  if (said.listedOn && (!draft.firstListed || said.listedOn < draft.firstListed))
    draft.firstListed = said.listedOn;
  const feedDay = draft.firstListed ?? merged.publishedOn;
  const searchable = JSON.stringify(toSearchable(merged));
  draft.textChanged ||=
    searchable !== JSON.stringify(toSearchable(draft.record)) || tagsDiffer(draft.record, merged);
  draft.moved ||= feedDay !== draft.feedDay;
  draft.record = merged;
  draft.feedDay = feedDay;
  draft.changed ||= before !== JSON.stringify([merged, feedDay]);
  remember(drafts, draft);
  return draft;
}

// By arXiv id; else by text, but never one arXiv id for another.
function find(drafts: Drafts, arxivId: string | null, textId: string): Draft | undefined {
  const same = arxivId ? drafts.byArxivId.get(arxivId) : undefined;
  if (same) return same;
  const alike = drafts.byTextId.get(textId);
  return arxivId && alike?.record.arxivId ? undefined : alike;
}

function tagsDiffer(a: PaperRecord, b: PaperRecord): boolean {
  return JSON.stringify(a.tags) !== JSON.stringify(b.tags);
}

export function toSearchable(record: PaperRecord): Searchable {
  return {
    title: record.title,
    abstract: record.abstract,
    authors: record.authors,
    tags: record.tags.map((tag) => tag.name),
  };
}
