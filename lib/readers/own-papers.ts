import { database } from "../db/client";
import { Prisma } from "../db/prisma";
import type { OwnPapers } from "../papers/list";
import { toLabel } from "../search/labels";
import { noteSql } from "../search/note-terms";
import type { Own } from "../search/tree";
import { unseenBy } from "./catch-up";

/** What lib/papers needs of a reader to list their own papers. */
export async function papersOf(reader: string): Promise<OwnPapers> {
  const db = database();
  const lists = await db.readerList.findMany({ where: { readerId: reader }, select: { folded: true } });
  const tags = await db.$queryRaw<{ name: string }[]>`
    SELECT DISTINCT name FROM "OwnTag" WHERE "readerId" = ${reader}`;
  const folded = new Set(lists.map((list) => list.folded));
  const named = new Map<string, string[]>();
  for (const { name } of tags) {
    const label = toLabel("tag", name);
    named.set(label, [...(named.get(label) ?? []), name]);
  }
  return {
    hasTag: (label) => named.has(label),
    hasList: (list) => folded.has(list),
    keysOf: (own) => keysOf(reader, own, (label) => named.get(label) ?? []),
    bookmarks: Prisma.sql`(SELECT "paperKey", "createdAt" FROM "Bookmark" WHERE "readerId" = ${reader})`,
  };
}

function keysOf(reader: string, own: Own, tagNames: (label: string) => string[]): Prisma.Sql {
  if (own === "new") return unseenBy(reader);
  if (own === "bookmarked") return Prisma.sql`SELECT "paperKey" FROM "Bookmark" WHERE "readerId" = ${reader}`;
  if ("state" in own)
    return Prisma.sql`SELECT "paperKey" FROM "Bookmark" WHERE "readerId" = ${reader} AND state = ${own.state}`;
  if ("list" in own)
    return Prisma.sql`SELECT i."paperKey" FROM "ListedPaper" AS i JOIN "ReaderList" AS l ON l.id = i."listId"
      WHERE l."readerId" = ${reader} AND l.folded = ${own.list}`;
  if ("tag" in own)
    return Prisma.sql`SELECT "paperKey" FROM "OwnTag"
      WHERE "readerId" = ${reader} AND name IN (${Prisma.join(["", ...tagNames(own.tag)])})`; // no name is empty
  const words = own.note ? noteSql(Prisma.sql`n.terms`, own.note) : Prisma.sql`TRUE`;
  return Prisma.sql`SELECT n."paperKey" FROM "Note" AS n WHERE n."readerId" = ${reader} AND ${words}`;
}
