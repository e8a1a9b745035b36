import { database } from "../db/client";
import type { Paper } from "../paper";
import type { Results } from "../papers/list";
import { loadPapers } from "../papers/rows";

const perPage = 20;

/** One page of a reader's bookmarks, latest first, and when each was made. */
export async function listBookmarks(reader: string, page = 1): Promise<Results & { bookmarkedAt: Date[] }> {
  const db = database();
  const where = { readerId: reader };
  const total = await db.bookmark.count({ where });
  const marks = await db.bookmark.findMany({
    where,
    orderBy: [{ createdAt: "desc" }, { paperKey: "desc" }],
    skip: (page - 1) * perPage,
    take: perPage,
    select: { paperKey: true, createdAt: true },
  });
  const papers = await loadPapers(
    db,
    marks.map((mark) => mark.paperKey),
  );
  return {
    total,
    totalIsExact: true,
    page,
    limit: perPage,
    papers,
    bookmarkedAt: marks.map(({ createdAt }) => createdAt),
  };
}

/** Papers as the API returns them: with whether the reader bookmarked them, without what only pages need. */
export async function toApiPapers(
  reader: string,
  papers: Paper[],
): Promise<(Omit<Paper, "figure"> & { bookmarked: boolean })[]> {
  const bookmarked = await database().bookmark.findMany({
    where: { readerId: reader, paper: { id: { in: papers.map(({ id }) => id) } } },
    select: { paper: { select: { id: true } } },
  });
  const ids = new Set(bookmarked.map(({ paper }) => paper.id));
  return papers.map(({ figure: _, ...paper }) => ({ ...paper, bookmarked: ids.has(paper.id) }));
}
