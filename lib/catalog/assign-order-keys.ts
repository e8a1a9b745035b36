import { toEpochDay } from "../days";
import type { Transaction } from "../db/client";
import { rows } from "../db/rows";
import { perDay } from "../order-key";
import type { Draft } from "./drafts";

const keysPerDay = Number(perDay);

/**
 * Gives new papers, and those whose feed day changed, their key in the search index: the day's number times a million,
 * plus the next free number of that day, counting down. Returns the keys that are no longer used.
 */
export async function assignOrderKeys(tx: Transaction, drafts: Draft[]): Promise<number[]> {
  const moving = drafts.filter((draft) => draft.isNew || draft.moved);
  const orderKeys = moving.flatMap((draft) => (draft.isNew ? [] : [draft.orderKey]));
  const floorOf = (draft: Draft) => (draft.feedDay ? toEpochDay(draft.feedDay) : 0) * keysPerDay;
  const floors = [...new Set(moving.map(floorOf))].map((floor) => ({ floor }));
  const lowest = await tx.$queryRaw<{ floor: bigint; lowest: bigint | null }[]>`
    SELECT days.floor AS floor, (SELECT min("orderKey") FROM "Paper"
      WHERE "orderKey" >= days.floor AND "orderKey" < days.floor + ${keysPerDay}) AS lowest
    FROM ${rows(tx, floors, { floor: "int" })} AS days`;
  const next = new Map(
    lowest.map((row) => [Number(row.floor), Number(row.lowest ?? Number(row.floor) + keysPerDay) - 1]),
  );
  for (const draft of moving) {
    const floor = floorOf(draft);
    const free = next.get(floor) ?? floor + keysPerDay - 1;
    draft.orderKey = free;
    next.set(floor, free - 1);
  }
  return orderKeys;
}
