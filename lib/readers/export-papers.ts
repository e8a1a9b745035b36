import { setImmediate } from "node:timers/promises";
import type { CiteItem } from "../cite/cite-item";
import { findCiteKeys } from "../cite/cite-keys";
import { type Database, database } from "../db/client";
import { toRecord, withParts } from "../db/paper-row";
import type { Prisma } from "../db/prisma";
import type { Filter } from "../papers/filter";
import { treeOf } from "../papers/list";
import { search } from "../search/engine";
import { findAttached } from "./attached";
import { papersOf } from "./own-papers";

// What is in memory at a time: numbers, and papers.
const keysAtOnce = 20_000;
const papersAtOnce = 200;

/** All papers of a filter, newest first, with what the reader attached to them. */
export async function* exportPapers(reader: string, filter: Filter): AsyncGenerator<CiteItem> {
  const db = database();
  const tree = treeOf(filter, await papersOf(reader));
  // A paper that arrives meanwhile moves the others down, so some come again.
  let last = Number.POSITIVE_INFINITY;
  for (let offset = 0; ; offset += keysAtOnce) {
    const page = { order: "newest", total: keysAtOnce, offset, limit: keysAtOnce } as const;
    const found = await search.page(db, tree, page);
    const keys = found.filter((key) => key < last);
    last = found.at(-1) ?? last;
    for (let at = 0; at < keys.length; at += papersAtOnce) {
      const some = keys.slice(at, at + papersAtOnce).map(BigInt);
      yield* await loadItems(db, reader, { orderKey: { in: some } });
      await setImmediate(); // others have their turn
    }
    if (found.length < keysAtOnce) return;
  }
}

/** One paper by its key, with what the reader attached to it. Null if it is gone. */
export async function findItem(reader: string, key: number): Promise<CiteItem | null> {
  const [item] = await loadItems(database(), reader, { key });
  return item ?? null;
}

async function loadItems(db: Database, reader: string, where: Prisma.PaperWhereInput): Promise<CiteItem[]> {
  const found = await db.paper.findMany({ where, include: withParts, orderBy: { orderKey: "desc" } });
  const papers = found.map((row) => ({ row, key: row.key, record: toRecord(row) }));
  const citeKeys = await findCiteKeys(db, papers);
  const attached = await findAttached(
    reader,
    found.map(({ key }) => key),
  );
  return papers.map(({ row, key, record }) => ({
    id: row.id,
    citeKey: citeKeys.get(key) ?? row.id,
    paper: record,
    bookmark: attached.get(key) ?? null,
  }));
}
