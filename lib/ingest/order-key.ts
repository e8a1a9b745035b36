import { toEpochDay } from "../days";
import type { Transaction } from "../db/open-database";
import type { Draft } from "./drafts";

const perDay = 1_000_000;

/**
 * Gives new papers, and those whose feed day moved, their key in the search index: the day's number times a million, plus
 * the next free number of that day, counted down. Returns the keys that were given up.
 */
export async function assignOrderKeys(tx: Transaction, drafts: Draft[]): Promise<number[]> {
  const given: number[] = [];
  const next = new Map<number, number>();
  for (const draft of drafts) {
    if (!draft.isNew && !draft.moved) continue;
    if (!draft.isNew) given.push(draft.orderKey);
    const floor = (draft.feedDay ? toEpochDay(draft.feedDay) : 0) * perDay;
    const free = next.get(floor) ?? (await lowest(tx, floor)) - 1;
    draft.orderKey = free;
    next.set(floor, free - 1);
  }
  return given;
}

async function lowest(tx: Transaction, floor: number): Promise<number> {
  const { _min } = await tx.paper.aggregate({
    where: { orderKey: { gte: BigInt(floor), lt: BigInt(floor + perDay) } },
    _min: { orderKey: true },
  });
  return _min.orderKey === null ? floor + perDay : Number(_min.orderKey);
}
