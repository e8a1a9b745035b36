import type { Bookmark } from "@/lib/cite/cite-item";
import { database } from "@/lib/db/client";
import { findAttached } from "@/lib/readers/attached";

/** What the reader attached to the paper with this id. Null if that is nothing. */
export async function attachedTo(id: string): Promise<Bookmark | null> {
  const { key } = await database().paper.findUniqueOrThrow({ where: { id } });
  return (await findAttached("local", [key])).get(key) ?? null;
}

/** All rows of a library, to compare before and after. */
export async function libraryRows() {
  const db = database();
  return {
    bookmarks: await db.bookmark.findMany({ orderBy: [{ readerId: "asc" }, { paperKey: "asc" }] }),
    notes: await db.note.findMany({ orderBy: [{ readerId: "asc" }, { paperKey: "asc" }] }),
    lists: await db.readerList.findMany({ orderBy: { id: "asc" } }),
    listed: await db.listedPaper.findMany({ orderBy: [{ listId: "asc" }, { paperKey: "asc" }] }),
    watches: await db.watch.findMany({ orderBy: { id: "asc" } }),
    matches: await db.watchMatch.findMany({ orderBy: [{ watchId: "asc" }, { paperKey: "asc" }] }),
    tags: await db.ownTag.findMany({ orderBy: [{ readerId: "asc" }, { name: "asc" }, { paperKey: "asc" }] }),
  };
}
