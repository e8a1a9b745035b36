import type { Database } from "../db/client";
import { toRecord, withParts } from "../db/paper-row";
import { readEnv } from "../env";
import { hasPicture } from "../media/store";
import type { Figure, Paper } from "../paper";
import { excerpt, highlight } from "../search/highlight";
import type { Tree } from "../search/tree";

/** Prisma's arguments for the pictures of a paper that were fetched, in order. */
export const storedFigures = {
  where: { hash: { not: null } },
  select: { hash: true, width: true, height: true },
  orderBy: { place: "asc" },
} as const;

type StoredFigure = { [name in keyof Figure]: Figure[name] | null };

/** The pictures that can be shown: each once, without those whose files are gone. */
export function toFigures(stored: StoredFigure[]): Figure[] {
  if (stored.length === 0) return [];
  const { media } = readEnv();
  const shown = new Map<string, Figure>();
  for (const { hash, width, height } of stored)
    if (hash !== null && width !== null && height !== null && hasPicture(media, hash))
      shown.set(hash, { hash, width, height });
  return [...shown.values()];
}

/** The papers with these keys, in the same order. With highlights if there is a query. */
export async function loadPapers(db: Database, keys: number[], query: Tree | null = null): Promise<Paper[]> {
  const rows = await db.paper.findMany({
    where: { key: { in: keys } },
    include: { ...withParts, figures: storedFigures },
  });
  const byKey = new Map(rows.map((row) => [row.key, row]));
  return keys.flatMap((key) => {
    const row = byKey.get(key);
    if (!row) return [];
    const record = toRecord(row);
    const highlights = query && {
      title: highlight(record.title, query),
      abstract: record.abstract === null ? null : excerpt(record.abstract, query),
    };
    return [{ id: row.id, ...record, highlights, figure: toFigures(row.figures)[0] ?? null }];
  });
}
