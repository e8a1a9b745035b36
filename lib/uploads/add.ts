import { findByIds, matchEntries } from "../catalog/match-entries";
import type { Day } from "../days";
import type { Database } from "../db/client";
import { openBodies } from "../imports/bodies";
import { importListing } from "../imports/import-listing";
import { toBrought } from "../listings/brought";
import type { ListingHead } from "../listings/listing";
import { bringIn } from "../readers/bring-in";
import type { Upload } from "../readers/uploads";
import { type Cut, cut } from "./cut";
import { isOwn } from "./is-own";
import { tryToRead, type Unreadable } from "./read-upload";

/** What was added. Counts are of distinct papers, except for entries that could not be read. */
export type Added = ListingHead & {
  papers: number;
  fresh: number;
  /** Those that are bookmarked now, and those whose bookmark or what is attached to it changed, which can be undone. */
  bookmarked: number;
  changed: number;
  rejected: number;
  /** Ids of papers that the library still does not have. */
  missing: Cut<string>;
};

type Options = {
  today: Day;
  /** The day on which a listing was taken, if the reader said so. */
  pageDate?: Day | null;
  /** Whether to bookmark also papers that are not from a library. */
  bookmark: boolean;
  /** Fetches papers by their ids, as many as it can. */
  fetchPapers?: (ids: string[]) => Promise<void>;
};

/**
 * Adds the papers of an upload: saves what it says of them, then bookmarks them with what is attached to them there, in
 * one step that can be undone. Adding the same again changes nothing.
 */
export async function addUpload(
  db: Database,
  reader: string,
  upload: Pick<Upload, "name" | "body">,
  { today, pageDate = null, bookmark, fetchPapers }: Options,
): Promise<Added | Unreadable> {
  const read = tryToRead(upload, today, pageDate);
  if ("problem" in read) return read;
  const { knownById = [], ...listing } = read.listing;
  const { entries, rejections, ...head } = listing;
  // The file of a library has the reader's notes, which do not belong to the listing.
  const bodies = head.kind === "library" || head.format === "jsonl" ? null : openBodies(db);
  let fresh = 0;
  if (entries.length + rejections.length > 0)
    fresh = (await importListing(db, listing, read.text, { ...read.context, bodies })).new;

  const ids = [...new Set(knownById.map(({ id }) => id))];
  let known = await findByIds(db, ids);
  const unknown = ids.filter((id) => !known.has(id));
  if (fetchPapers && unknown.length > 0) {
    await fetchPapers(unknown);
    known = await findByIds(db, ids);
    fresh += unknown.filter((id) => known.has(id)).length;
  }

  const matches = await matchEntries(db, entries);
  const papers = [
    ...entries.map(({ place, brought }, at) => ({ place, brought, key: matches[at]?.key })),
    ...knownById.map(({ place, brought, id }) => ({ place, brought, key: known.get(id)?.key })),
  ]
    .sort((a, b) => a.place - b.place) // of two states, the first counts
    .flatMap(({ key, brought }) => (key === undefined ? [] : [{ key, brought }]));
  const own = papers
    .filter(({ brought }) => bookmark || isOwn(head, brought))
    .map(({ key, brought = nothing }) => ({ key, brought }));
  const changed = own.length > 0 ? await bringIn(reader, own) : 0;
  return {
    ...head,
    papers: countPapers(papers),
    fresh,
    bookmarked: countPapers(own),
    changed,
    rejected: rejections.length,
    missing: cut(ids.filter((id) => !known.has(id))),
  };
}

const countPapers = (all: { key: number }[]) => new Set(all.map(({ key }) => key)).size;

const nothing = toBrought({}).brought;
