import { database } from "../db/open-database";
import type { Results } from "../papers/list";
import { loadPapers, localReader } from "../papers/rows";

/** Sets or clears the local reader's bookmark; false where no paper has this id. Former ids are followed. */
export async function setBookmark(id: string, kept: boolean): Promise<boolean> {
  const db = database();
  const former = await db.formerId.findUnique({ where: { id }, select: { paperKey: true } });
  const paper = await db.paper.findFirst({
    where: former ? { key: former.paperKey } : { id },
    select: { key: true },
  });
  if (!paper) return false;
  const mark = { readerId: localReader, paperKey: paper.key };
  if (kept) {
    const where = { readerId_paperKey: mark };
    await db.bookmark.upsert({ where, create: { ...mark, createdAt: new Date() }, update: {} });
  } else await db.bookmark.deleteMany({ where: mark });
  return true;
}

/** Those of these papers that the local reader kept. */
export async function findKept(ids: string[]): Promise<string[]> {
  const where = { readerId: localReader, paper: { id: { in: ids } } };
  const marks = await database().bookmark.findMany({ where, select: { paper: { select: { id: true } } } });
  return marks.map((mark) => mark.paper.id);
}

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
