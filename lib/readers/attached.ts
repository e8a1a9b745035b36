import type { Bookmark } from "../cite/cite-item";
import { database } from "../db/client";
import { rows } from "../db/rows";
import type { ReadingState } from "../words/reading-states";

/**
 * What a reader attached to papers, by their keys; a paper to which nothing is attached is left out. Of a paper that is not
 * bookmarked but has a note, a list or a tag, the time is that of the first of these, and the state is `toread`. Lists and tags are
 * in alphabetical order.
 */
export async function findAttached(reader: string, keys: number[]): Promise<Map<number, Bookmark>> {
  const db = database();
  const asked = rows(
    db,
    keys.map((key) => ({ key })),
    { key: "int" },
  );
  // With a CROSS JOIN, SQLite looks up the papers that were asked for. Otherwise it might read all bookmarks.
  const found = await db.$queryRaw<{ key: bigint; kind: string; at: Date; value: string }[]>`
    SELECT b."paperKey" AS key, 'state' AS kind, b."createdAt" AS at, b.state AS value
    FROM ${asked} AS asked CROSS JOIN "Bookmark" AS b WHERE b."readerId" = ${reader} AND b."paperKey" = asked.key
    UNION ALL SELECT n."paperKey", 'note', n."updatedAt", n.text
    FROM ${asked} AS asked CROSS JOIN "Note" AS n WHERE n."readerId" = ${reader} AND n."paperKey" = asked.key
    UNION ALL SELECT i."paperKey", 'list', i."createdAt", l.name
    FROM ${asked} AS asked CROSS JOIN "ListedPaper" AS i CROSS JOIN "ReaderList" AS l
    WHERE i."paperKey" = asked.key AND l.id = i."listId" AND l."readerId" = ${reader}
    UNION ALL SELECT t."paperKey", 'tag', t."createdAt", t.name
    FROM ${asked} AS asked CROSS JOIN "OwnTag" AS t WHERE t."paperKey" = asked.key AND t."readerId" = ${reader}`;
  const attached = new Map<number, typeof found>();
  for (const row of found) attached.set(Number(row.key), [...(attached.get(Number(row.key)) ?? []), row]);
  return new Map([...attached].map(([key, marks]) => [key, toBookmark(marks)]));
}

function toBookmark(marks: { kind: string; at: Date; value: string }[]): Bookmark {
  const values = (kind: string) =>
    marks
      .flatMap((mark) => (mark.kind === kind ? [mark.value] : []))
      .sort((a, b) => a.localeCompare(b, "en"));
  const bookmark = marks.find(({ kind }) => kind === "state");
  const times = (bookmark ? [bookmark] : marks).map(({ at }) => at.getTime());
  const state = bookmark ? (bookmark.value as ReadingState) : "toread"; // only these are written
  return {
    at: new Date(Math.min(...times)).toISOString(),
    state,
    note: values("note")[0] ?? null,
    lists: values("list"),
    tags: values("tag"),
  };
}
