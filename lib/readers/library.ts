import type { Bookmark } from "../cite/cite-item";
import { database } from "../db/client";
import type { Paper } from "../paper";
import type { Filter } from "../papers/filter";
import { treeOf } from "../papers/list";
import { type BookmarkOrder, type Cursor, countBookmarked, listBookmarked } from "../papers/list-bookmarks";
import { loadPapers } from "../papers/rows";
import { childrenOf, flatten, type Tree, wantedTerms } from "../search/tree";
import { findAttached } from "./attached";
import { papersOf } from "./own-papers";

/** One page of a library. `next` is the cursor of the page behind it, as text for an address; null if this is the last one. */
export type LibraryPage = {
  total: number;
  /** False if there are more than `total`. */
  totalIsExact: boolean;
  papers: { paper: Paper; bookmark: Bookmark }[];
  order: BookmarkOrder;
  next: string | null;
};

/**
 * The bookmarked papers that a filter finds, the last bookmarked first, or in the filter's order if that is `newest` or `upvotes`. The
 * text of the filter need not say `is:bookmarked`. `after` is the `next` of the page before; a page begins behind the last paper
 * of that page, wherever that would be now, so removing papers skips none. The filter's `page` is ignored, and so is what is no cursor.
 */
export async function listLibrary(reader: string, filter: Filter, after?: string): Promise<LibraryPage> {
  const db = database();
  const own = await papersOf(reader);
  const tree = treeOf(filter, own);
  const order = toBookmarkOrder(filter);
  const { limit } = filter;
  const found = await listBookmarked(db, tree, own, order, { after: readCursor(after), limit: limit + 1 });
  const shown = found.slice(0, limit);
  const keyOf = new Map(shown.map(({ id, cursor }) => [id, cursor.key]));
  const keys = [...keyOf.values()];
  const papers = await loadPapers(db, keys, { query: wantedTerms(tree).length > 0 ? tree : null });
  const attached = await findAttached(reader, keys);
  const last = shown.at(-1)?.cursor;
  const most = flatten(tree).every(isOwn) ? maxBookmarks : maxCounted;
  const total = await countBookmarked(db, tree, own, most + 1);
  return {
    total: Math.min(total, most),
    totalIsExact: total <= most,
    papers: papers.flatMap((paper) => {
      const bookmark = attached.get(keyOf.get(paper.id) ?? 0);
      return bookmark ? [{ paper, bookmark }] : [];
    }),
    order,
    next: found.length > limit && last ? writeCursor(last) : null,
  };
}

// Nobody has as many; and counting papers that must be looked at costs as much as finding them.
const maxBookmarks = 1_000_000;
const maxCounted = 3000;

/** Whether the reader's tables alone decide a part. */
const isOwn = (part: Tree): boolean => {
  const children = childrenOf(part);
  return children.length > 0 ? children.every(isOwn) : "row" in part && "papers" in part.row;
};

function toBookmarkOrder(filter: Filter): BookmarkOrder {
  const { sort } = filter;
  return sort === null || sort === "relevance" ? "bookmarked" : sort;
}

const writeCursor = ({ value, key }: Cursor) => `${value ?? ""}.${key}`;

function readCursor(text = ""): Cursor | null {
  const [, value, key] = /^(\d{0,15})\.(\d{1,9})$/.exec(text) ?? [];
  if (value === undefined || key === undefined) return null;
  return { value: value === "" ? null : Number(value), key: Number(key) };
}
