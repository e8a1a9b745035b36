import { database } from "../db/open-database";
import type { Results } from "../papers/list";
import { loadPapers, localReader } from "../papers/rows";

const perPage = 20;

/** What the local reader kept, the latest first. */
export async function listBookmarks(page = 1): Promise<Results> {
  const db = database();
  const where = { readerId: localReader };
  const total = await db.bookmark.count({ where });
  const marks = await db.bookmark.findMany({
    where,
    orderBy: [{ createdAt: "desc" }, { paperKey: "desc" }],
    skip: (page - 1) * perPage,
    take: perPage,
    select: { paperKey: true },
  });
  const papers = await loadPapers(
    db,
    marks.map((mark) => mark.paperKey),
  );
  return { total, totalIsExact: true, page, limit: perPage, papers };
}
