import type { Database } from "../db/client";
import { toRecord, withParts } from "../db/paper-row";
import type { Paper } from "../paper";
import { excerpt, highlight } from "../search/highlight";
import type { Tree } from "../search/tree";

/** The papers with these keys, in the same order. With highlights if there is a query. */
export async function loadPapers(db: Database, keys: number[], query: Tree | null = null): Promise<Paper[]> {
  const rows = await db.paper.findMany({
    where: { key: { in: keys } },
    include: withParts,
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
    return [{ id: row.id, ...record, highlights }];
  });
}
