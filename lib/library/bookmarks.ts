import { toArxivId } from "../arxiv-id";
import type { Day } from "../days";
import { database } from "../db/open-database";
import { whenFree } from "../db/when-free";
import type { Results } from "../papers/list";
import { loadPapers, localReader } from "../papers/rows";

/** Sets or clears the local reader's bookmark; false where no paper has this id. Former ids and versions are followed. */
export async function setBookmark(id: string, kept: boolean): Promise<boolean> {
  const db = database();
  const former = await db.formerId.findUnique({ where: { id }, select: { paperKey: true } });
  const paper = await db.paper.findFirst({
    where: former ? { key: former.paperKey } : { id: toArxivId(id) ?? id },
    select: { key: true },
  });
  if (!paper) return false;
  const mark = { readerId: localReader, paperKey: paper.key };
  await whenFree(async () => {
    if (!kept) return void (await db.bookmark.deleteMany({ where: mark }));
    await db.$executeRaw`INSERT INTO "Bookmark" ("readerId", "paperKey", "createdAt")
      VALUES (${mark.readerId}, ${mark.paperKey}, ${new Date()}) ON CONFLICT DO NOTHING`;
  });
  return true;
}

/** Those of these papers that the local reader kept. */
export async function findKept(ids: string[]): Promise<string[]> {
  const where = { readerId: localReader, paper: { id: { in: ids } } };
  const marks = await database().bookmark.findMany({ where, select: { paper: { select: { id: true } } } });
  return marks.map((mark) => mark.paper.id);
}

/** Those that the local reader kept of the papers that were listed on a day. */
export async function findKeptOn(day: Day): Promise<string[]> {
  const where = { readerId: localReader, paper: { entries: { some: { listedOn: day } } } };
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
