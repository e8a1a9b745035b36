import { findByIds, matchEntries } from "../catalog/match-entries";
import type { Day } from "../days";
import type { Database } from "../db/client";
import { openBodies } from "../imports/bodies";
import { importListing } from "../imports/import-listing";
import { toBrought } from "../listings/brought";
import type { Brought, ListingHead } from "../listings/listing";
import { findLastChange } from "../readers/changes";
import type { Upload } from "../readers/uploads";
import { bringIn } from "./bring-in";
import { type Cut, cut } from "./cut";
import { mergeBrought } from "./merge-brought";
import { tryToRead, type Unreadable } from "./read-upload";

/** What was added. Counts are of distinct papers, except for entries that could not be read. */
export type Added = ListingHead & {
  papers: number;
  fresh: number;
  bookmarked: number;
  rejected: number;
  /** Ids of papers that the library still does not have. */
  missing: Cut<string>;
  /** Whether the reader can undo something. */
  undoable: boolean;
};

type Options = {
  today: Day;
  /** Whether to bookmark the papers of a listing. Those of a library always are. */
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
  { today, bookmark, fetchPapers }: Options,
): Promise<Added | Unreadable> {
  const read = tryToRead(upload, today);
  if ("problem" in read) return read;
  const { knownById = [], ...listing } = read.listing;
  const { entries, rejections, ...head } = listing;
  const isLibrary = head.kind === "library";
  // The file of a library has the reader's notes, which do not belong to the listing.
  const bodies = isLibrary || head.format === "jsonl" ? null : openBodies(db);
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
  const found = [
    ...entries.map(({ place, brought }, at) => ({ place, brought, key: matches[at]?.key })),
    ...knownById.map(({ place, brought, id }) => ({ place, brought, key: known.get(id)?.key })),
  ].sort((a, b) => a.place - b.place);
  const papers = new Map<number, Brought>();
  for (const { key, brought = nothing } of found)
    if (key !== undefined) papers.set(key, mergeBrought(papers.get(key), brought));
  const isBringing = (isLibrary || bookmark) && papers.size > 0;
  const before = await findLastChange(reader);
  if (isBringing)
    await bringIn(
      reader,
      [...papers].map(([key, brought]) => ({ key, brought })),
    );
  return {
    ...head,
    papers: papers.size,
    fresh,
    bookmarked: isBringing ? papers.size : 0,
    rejected: rejections.length,
    missing: cut(ids.filter((id) => !known.has(id))),
    undoable: (await findLastChange(reader))?.id !== before?.id,
  };
}

const nothing = toBrought({}).brought;
