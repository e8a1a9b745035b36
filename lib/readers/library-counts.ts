import { database } from "../db/client";
import { type ReadingState, readingStates } from "../reading-states";

/** What a library consists of, each with its number of papers. Lists and tags are in alphabetical order. */
export type LibraryCounts = {
  bookmarks: number;
  states: Record<ReadingState, number>;
  notes: number;
  lists: { name: string; papers: number }[];
  tags: { name: string; papers: number }[];
};

export async function countLibrary(reader: string): Promise<LibraryCounts> {
  const found = await database().$queryRaw<{ kind: string; name: string; papers: bigint }[]>`
    SELECT 'state' AS kind, state AS name, count(*) AS papers FROM "Bookmark" WHERE "readerId" = ${reader} GROUP BY state
    UNION ALL SELECT 'note', '', count(*) FROM "Note" WHERE "readerId" = ${reader}
    UNION ALL SELECT 'list', l.name, (SELECT count(*) FROM "ListedPaper" AS i WHERE i."listId" = l.id)
      FROM "ReaderList" AS l WHERE l."readerId" = ${reader}
    UNION ALL SELECT 'tag', name, count(*) FROM "OwnTag" WHERE "readerId" = ${reader} GROUP BY name`;
  const of = (kind: string) =>
    found
      .filter((row) => row.kind === kind)
      .map(({ name, papers }) => ({ name, papers: Number(papers) }))
      .sort((a, b) => a.name.localeCompare(b.name, "en"));
  const states = Object.fromEntries(readingStates.map((state) => [state, 0])) as Record<ReadingState, number>;
  for (const { name, papers } of of("state")) states[name as ReadingState] = papers; // only these are written
  return {
    bookmarks: Object.values(states).reduce((sum, papers) => sum + papers, 0),
    states,
    notes: of("note")[0]?.papers ?? 0,
    lists: of("list"),
    tags: of("tag"),
  };
}
