import type { ReadingState } from "../words/reading-states";
import { change } from "./changes";
import { applyRows } from "./mark-rows";
import { findKeys } from "./paper-keys";

/** Sets the state of papers; those not bookmarked yet are bookmarked. Can be undone. False if none is in the library. */
export async function setState(reader: string, ids: string[], state: ReadingState): Promise<boolean> {
  const keys = await findKeys(ids);
  if (keys.length === 0) return false;
  await change(reader, "moved", async (step) => {
    const createdAt = new Date();
    const wanted = keys.map((paperKey) => ({
      ...{ mark: "Bookmark" as const, paperKey, item: "" },
      ...{ createdAt, value: state },
    }));
    return (await applyRows(step, wanted)) > 0 ? { about: state } : null;
  });
  return true;
}
