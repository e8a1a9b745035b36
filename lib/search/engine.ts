import type { Database, Transaction } from "../db/client";
import type { Prisma } from "../db/generated/client";
import { sqliteSearch } from "./sqlite";
import type { Terms } from "./terms";
import type { Tree } from "./tree";

/**
 * What the search needs of a database. An engine only compares terms: which terms a text has is decided in tokens.ts, and
 * the vocabulary is an ordinary table (words.ts).
 */
export interface SearchEngine {
  /** Writes papers into the index under their order keys, replacing what stood there. */
  write(tx: Transaction, papers: { orderKey: number; terms: Terms }[]): Promise<void>;
  remove(tx: Transaction, orderKeys: number[]): Promise<void>;
  clear(tx: Transaction): Promise<void>;
  /**
   * The matching papers as a table `(orderKey, score)`. It is SQL, not a list, so that the filter, the order and the bound of
   * a page become one statement with it. A lower score is better; papers with everything in their title come first.
   */
  find(tree: Tree): Prisma.Sql;
  /** How many papers match each tree. It counts up to `most`, so that a common word costs no more than a rare one. */
  count(db: Database, trees: Tree[], most: number): Promise<number[]>;
}

export const search: SearchEngine = sqliteSearch;
