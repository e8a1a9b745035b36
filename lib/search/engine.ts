import type { Database, Transaction } from "../db/client";
import { type EngineName, engineOf } from "../db/engine";
import type { Prisma } from "../db/prisma";
import type { Order } from "./language";
import { postgresSearch } from "./postgres";
import { sqliteSearch } from "./sqlite";
import type { Terms } from "./terms";
import type { Tree } from "./tree";

/**
 * What search needs from a database. An engine only compares terms: tokens.ts decides which terms a text has, and the
 * vocabulary is an ordinary table (words.ts).
 */
export interface SearchEngine {
  /** Writes papers into the index under their order keys, replacing what was there. */
  write(tx: Transaction, papers: { orderKey: number; terms: Terms }[]): Promise<void>;
  remove(tx: Transaction, orderKeys: number[]): Promise<void>;
  clear(tx: Transaction): Promise<void>;
  /**
   * The order keys of one page of the matching papers. `total` is how many match, as `count` says. Of many, only some are
   * ranked (relevance.ts), and the others follow, newest first.
   */
  page(db: Database, tree: Tree, page: Page): Promise<number[]>;
  /**
   * The papers that have any of these terms in any field, as a table `(orderKey, score)`: the score is the negative sum of the
   * weights of the terms that a paper has. The work is bounded: a term of more than `maxEach` papers is skipped, and so are the
   * last terms once those before them are in `maxAll` papers together. Weights are whole numbers, so that every engine gets the
   * same sums.
   */
  near(db: Transaction, terms: WeightedTerm[], bounds: { maxEach: number; maxAll: number }): Prisma.Sql;
  /**
   * Whether a paper matches, as a condition on a row of "Paper" as `p`, for statements that find papers by something else. `key` is
   * the paper's key in a table that is read before `p`: what the key alone decides does not read `p`.
   */
  condition(db: Transaction, tree: Tree, key: Prisma.Sql): Prisma.Sql;
  /** How many papers match each tree. Stops at `limit`, so that a common word costs no more than a rare one. */
  count(db: Database, trees: Tree[], limit: number): Promise<number[]>;
}

export type WeightedTerm = { term: string; weight: number };
export type Page = { order: Order; total: number; offset: number; limit: number };

const engines: Record<EngineName, SearchEngine> = { sqlite: sqliteSearch, postgres: postgresSearch };
const of = (db: Transaction) => engines[engineOf(db)];

/** Search with the engine of the database at hand. */
export const search: SearchEngine = {
  write: (tx, papers) => of(tx).write(tx, papers),
  remove: (tx, orderKeys) => of(tx).remove(tx, orderKeys),
  clear: (tx) => of(tx).clear(tx),
  page: (db, tree, page) => of(db).page(db, tree, page),
  near: (db, terms, bounds) => of(db).near(db, terms, bounds),
  condition: (db, tree, key) => of(db).condition(db, tree, key),
  count: (db, trees, limit) => of(db).count(db, trees, limit),
};
