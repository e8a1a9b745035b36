import type { Database } from "../db/client";

/** What was imported so far, by any process. */
export type ImportCounts = {
  papers: number;
  /** `failed`: it ended with an error. `format` is null if it failed before that was known. */
  imports: { format: string | null; failed: boolean; count: number }[];
  entries: { new: number; updated: number; unchanged: number; rejected: number };
  /** When the last import finished. Null before the first. */
  lastAt: Date | null;
};

export async function countImports(db: Database): Promise<ImportCounts> {
  const papers = await db.paper.count();
  const imports = [];
  for (const failed of [false, true]) {
    const where = { error: failed ? { not: null } : null };
    const groups = await db.import.groupBy({ by: ["format"], where, _count: { _all: true } });
    imports.push(...groups.map(({ format, _count }) => ({ format, failed, count: _count._all })));
  }
  const sums = await db.import.aggregate({
    _sum: { new: true, updated: true, unchanged: true, rejected: true },
  });
  const revision = await db.revision.findUnique({ where: { id: 1 } });
  const { new: added, updated, unchanged, rejected } = sums._sum;
  return {
    papers,
    imports,
    entries: {
      new: added ?? 0,
      updated: updated ?? 0,
      unchanged: unchanged ?? 0,
      rejected: rejected ?? 0,
    },
    lastAt: revision?.importedAt ?? null,
  };
}
