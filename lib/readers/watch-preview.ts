import { moveDay, toHubDay } from "../days";
import { database } from "../db/client";
import type { Paper } from "../paper";
import { filterOf } from "../papers/filter";
import { treeOf } from "../papers/list";
import { loadPapers } from "../papers/rows";
import { search } from "../search/engine";
import { type Tree, wantedTerms } from "../search/tree";
import { papersOf } from "./own-papers";

/** How many days a preview looks back. */
export const previewDays = 30;
const shown = 10;
const maxCounted = 1000;

/** What a watch would have matched: how many papers in the last days, and ever; neither more than 1,000. The latest come first. */
export type WatchPreview = { recent: number; ever: number; papers: Paper[] };

export async function previewWatch(reader: string, q: string, now = new Date()): Promise<WatchPreview> {
  const db = database();
  const tree = treeOf(filterOf({ q }), await papersOf(reader));
  const range: Tree = { range: { from: moveDay(toHubDay(now), -previewDays), to: null } };
  const [recent = 0, ever = 0] = await search.count(db, [{ and: [tree, range] }, tree], maxCounted);
  const orderKeys = await search.page(db, tree, { order: "newest", total: ever, offset: 0, limit: shown });
  const query = wantedTerms(tree).length > 0 ? tree : null;
  return { recent, ever, papers: await loadPapers(db, orderKeys, { by: "orderKey", query }) };
}
