import type { Transaction } from "../db/client";
import { foldName } from "../fold-name";
import type { MarkRow } from "./mark-rows";

/** A list before a change. `name` is null if it did not exist. `createdAt` is an ISO instant. */
export type ListBefore = { id: number; name: string | null; createdAt: string };

/** The list of this name, which is created if there is none; then `before` says so. */
export async function openList(
  tx: Transaction,
  reader: string,
  name: string,
): Promise<{ id: number; name: string; before: ListBefore[] }> {
  const folded = foldName(name);
  const known = await tx.readerList.findUnique({ where: { readerId_folded: { readerId: reader, folded } } });
  if (known) return { id: known.id, name: known.name, before: [] };
  const createdAt = new Date();
  const { id } = await tx.readerList.create({ data: { readerId: reader, name, folded, createdAt } });
  return { id, name, before: [{ id, name: null, createdAt: createdAt.toISOString() }] };
}

/** The ids of the lists of these names, by their folded names. A name of nothing but spaces is left out. */
export async function openLists(tx: Transaction, reader: string, names: string[]) {
  const ids = new Map<string, number>();
  const before: ListBefore[] = [];
  for (const name of names) {
    const folded = foldName(name);
    if (folded === "" || ids.has(folded)) continue;
    const list = await openList(tx, reader, name);
    ids.set(folded, list.id);
    before.push(...list.before);
  }
  return { ids, before };
}

/** Papers in a list, or with null, papers that are not. */
export const toListed = (id: number | undefined, keys: number[], createdAt: Date | null): MarkRow[] =>
  id === undefined
    ? []
    : keys.map((paperKey) => ({ mark: "ListedPaper", paperKey, item: String(id), createdAt, value: null }));

/** Deletes lists that did not exist, and gives the others the name they had. Their papers are restored with the marks. */
export async function restoreLists(tx: Transaction, reader: string, before: ListBefore[]): Promise<void> {
  const created = before.flatMap(({ id, name }) => (name === null ? [id] : []));
  if (created.length > 0)
    await tx.readerList.deleteMany({ where: { readerId: reader, id: { in: created } } });
  for (const { id, name, createdAt } of before) {
    if (name === null) continue;
    const data = { readerId: reader, name, folded: foldName(name) };
    await tx.readerList.upsert({ where: { id }, create: { id, createdAt, ...data }, update: data });
  }
}
