import { findByIds, matchEntries } from "../catalog/match-entries";
import { toTextId } from "../catalog/text-id";
import type { Day } from "../days";
import type { Transaction } from "../db/client";
import type { Brought, ListingHead, Rejection } from "../listings/listing";
import type { Upload } from "../readers/uploads";
import { type Cut, cut } from "./cut";
import { isOwn } from "./is-own";
import { tryToRead, type Unreadable } from "./read-upload";

/** What an upload would add. */
export type Preview = ListingHead & {
  /** Entries that were read, and those that cannot be. */
  entries: number;
  /** Distinct papers: new ones, and those the library has. */
  fresh: Cut<{ title: string; authors: string[] }>;
  here: Cut<{ id: string; title: string }>;
  /** Ids of papers that the library does not have, and of which the upload says nothing else. */
  idsOnly: Cut<string>;
  rejected: Cut<Rejection>;
  /** Papers that are bookmarked, because they are from a library. The others are only if the reader says so. */
  own: number;
  /** Entries with a field that makes no sense and is ignored. */
  entriesWithNotes: number;
  brought: { notes: number; states: number; lists: string[]; tags: number };
};

/** Finds out what an upload would add. Writes nothing. */
export async function previewUpload(
  db: Transaction,
  upload: Pick<Upload, "name" | "body">,
  today: Day,
  pageDate: Day | null = null,
): Promise<Preview | Unreadable> {
  const read = tryToRead(upload, today, pageDate);
  if ("problem" in read) return read;
  const { entries, rejections, knownById = [], ...head } = read.listing;
  const fresh = new Map<string, Preview["fresh"]["first"][number]>();
  const here = new Map<number, Preview["here"]["first"][number]>();
  const matches = await matchEntries(db, entries);
  const own = new Set<number | string>();
  for (const [index, { paper, brought }] of entries.entries()) {
    const match = matches[index];
    const id = paper.arxivId ?? toTextId(paper.title, paper.abstract);
    if (isOwn(head, brought)) own.add(match?.key ?? id);
    if (match) here.set(match.key, { id: match.id, title: match.title });
    else if (!fresh.has(id)) fresh.set(id, { title: paper.title, authors: paper.authors });
  }
  const known = await findByIds(
    db,
    knownById.map(({ id }) => id),
  );
  for (const { key, id, title } of known.values()) here.set(key, { id, title });
  for (const { id, brought } of knownById) if (isOwn(head, brought)) own.add(known.get(id)?.key ?? id);
  const idsOnly = knownById.map(({ id }) => id).filter((id) => !known.has(id) && !fresh.has(id));
  const all = [...entries, ...knownById];
  return {
    ...head,
    entries: all.length + rejections.length,
    fresh: cut([...fresh.values()]),
    here: cut([...here.values()]),
    idsOnly: cut([...new Set(idsOnly)]),
    rejected: cut(rejections),
    own: own.size,
    entriesWithNotes: all.filter(({ notes = [] }) => notes.length > 0).length,
    brought: sumUp(all.flatMap(({ brought }) => brought ?? [])),
  };
}

function sumUp(all: Brought[]): Preview["brought"] {
  return {
    notes: all.filter(({ note }) => note !== null).length,
    states: all.filter(({ state }) => state !== null).length,
    lists: [...new Set(all.flatMap(({ lists }) => lists))],
    tags: new Set(all.flatMap(({ tags }) => tags)).size,
  };
}
