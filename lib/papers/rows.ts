import type { Database } from "../db/client";
import { toRecord, withParts } from "../db/paper-row";
import { findShown, openMedia } from "../media/store";
import type { Figure, Paper } from "../paper";
import { excerpt, highlight } from "../search/highlight";
import type { Tree } from "../search/tree";
import { chooseSentence } from "./key-sentence";

/** Prisma's arguments for the pictures of a paper that were fetched, in order. */
export const storedFigures = {
  where: { hash: { not: null } },
  select: { hash: true, width: true, height: true },
  orderBy: { place: "asc" },
} as const;

type StoredFigure = { [name in keyof Figure]: Figure[name] | null };

/** The pictures of each paper that can be shown: each once, without those whose files are gone. */
export async function toFigures(db: Database, papers: StoredFigure[][]): Promise<Figure[][]> {
  const hashes = papers.flat().flatMap(({ hash }) => hash ?? []);
  const shown = await findShown(openMedia(db), hashes);
  return papers.map((stored) => {
    const figures = new Map<string, Figure>();
    for (const { hash, width, height } of stored)
      if (hash !== null && width !== null && height !== null && shown.has(hash))
        figures.set(hash, { hash, width, height });
    return [...figures.values()];
  });
}

/** The papers with these keys or order keys, in the same order. With highlights if there is a query. */
export async function loadPapers(
  db: Database,
  keys: number[],
  { by = "key", query = null }: { by?: "key" | "orderKey"; query?: Tree | null } = {},
): Promise<Paper[]> {
  const rows = await db.paper.findMany({
    where: by === "key" ? { key: { in: keys } } : { orderKey: { in: keys.map(BigInt) } },
    include: { ...withParts, figures: storedFigures },
  });
  const figures = await toFigures(
    db,
    rows.map((row) => row.figures),
  );
  const byKey = new Map(
    rows.map((row, index) => [Number(row[by]), { row, figure: figures[index]?.[0] ?? null }]),
  );
  return keys.flatMap((key) => {
    const found = byKey.get(key);
    if (!found) return [];
    const { row, figure } = found;
    const record = toRecord(row);
    const { title, abstract } = record;
    const highlights = query && {
      title: highlight(title, query),
      abstract: abstract && excerpt(abstract, query, () => chooseSentence(title, abstract)),
    };
    return [{ id: row.id, ...record, highlights, figure }];
  });
}
