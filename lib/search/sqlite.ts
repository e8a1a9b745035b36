import type { Transaction } from "../db/client";
import { Prisma } from "../db/prisma";
import { rows } from "../db/rows";
import type { SearchEngine } from "./engine";
import { countAll, keyRows, newest } from "./sqlite-matches";
import { keyCondition, planOf } from "./sqlite-plan";
import { mostRelevant, mostUpvoted } from "./sqlite-ranking";
import { placesOf, toTitlePlace } from "./sqlite-titles";

const columns = {
  orderKey: "int",
  title: "text",
  abstract: "text",
  titleExtras: "text",
  abstractExtras: "text",
  authors: "text",
  tags: "text",
  labels: "text",
} as const;

/** Search with FTS5. The tables `PaperIndex` and `TitleIndex` contain only terms; their rowid is the order key. */
export const sqliteSearch: SearchEngine = {
  async write(tx, papers) {
    // REPLACE, because a plain insert with an existing rowid would succeed and keep the old terms. In ascending order,
    // because FTS5 flushes its buffer whenever a rowid is lower than the one before.
    const ascending = papers.toSorted((a, b) => a.orderKey - b.orderKey);
    const terms = rows(
      tx,
      ascending.map(({ orderKey, terms }) => ({ orderKey, ...terms.columns })),
      columns,
    );
    await tx.$executeRaw`
      INSERT OR REPLACE INTO "PaperIndex" (rowid, title, abstract, titleExtras, abstractExtras, authors, tags, labels)
      SELECT "orderKey", title, abstract, "titleExtras", "abstractExtras", authors, tags, labels FROM ${terms}`;
    await removeTitles(tx, orderKeysOf(papers));
    const titles = papers.map(({ orderKey, terms: { columns } }) => {
      const { title, titleExtras } = columns;
      const all = `${title} ${titleExtras}`.trim().split(" ");
      const again = all.filter((term, at) => all.indexOf(term) < at).sort();
      return { place: toTitlePlace(orderKey, all.length), title, titleExtras, again: again.join(" ") };
    });
    await tx.$executeRaw`
      INSERT INTO "TitleIndex" (rowid, title, titleExtras, again) SELECT place, title, "titleExtras", again
      FROM ${rows(
        tx,
        titles.sort((a, b) => a.place - b.place),
        { place: "int", title: "text", titleExtras: "text", again: "text" },
      )}`;
  },

  async remove(tx, orderKeys) {
    const keys = keyRows(tx, orderKeys);
    await tx.$executeRaw`DELETE FROM "PaperIndex" WHERE rowid IN (SELECT key FROM ${keys})`;
    await removeTitles(tx, orderKeys);
  },

  async clear(tx) {
    await tx.$executeRaw`DELETE FROM "PaperIndex"`;
    await tx.$executeRaw`DELETE FROM "TitleIndex"`;
  },

  async page(db, tree, { order, total, offset, limit }) {
    const plan = planOf(tree);
    if (order === "upvotes") return mostUpvoted(db, tree, plan, total, offset, limit);
    if (order === "relevance" && plan.text.length > 0)
      return mostRelevant(db, tree, plan, total, offset, limit);
    return newest(db, plan, offset, limit);
  },

  near(db, terms, { maxEach, maxAll }) {
    const asked = rows(
      db,
      terms.map(({ term, weight }, place) => ({ place, match: `"${term}"`, weight })),
      { place: "int", match: "text", weight: "int" },
    );
    return Prisma.sql`(SELECT rowid AS "orderKey", -sum(kept.weight) AS score
      FROM (SELECT match, weight, sum(papers) OVER (ORDER BY place) AS so_far
        FROM (SELECT place, match, weight, (SELECT count(*) FROM (SELECT 1 FROM "PaperIndex"
            WHERE "PaperIndex" MATCH asked.match LIMIT ${maxEach + 1})) AS papers
          FROM ${asked} AS asked)
        WHERE papers <= ${maxEach}) AS kept
      JOIN "PaperIndex" ON "PaperIndex" MATCH kept.match
      WHERE kept.so_far <= ${maxAll} GROUP BY rowid)`;
  },

  condition: (db, tree, key) => keyCondition(db, planOf(tree), key),

  count: (db, trees, limit) => countAll(db, trees.map(planOf), limit),
};

const orderKeysOf = (papers: { orderKey: number }[]) => papers.map(({ orderKey }) => orderKey);

/** Nothing says how long an indexed title is, so it is looked for in all places. */
async function removeTitles(tx: Transaction, orderKeys: number[]): Promise<void> {
  await tx.$executeRaw`DELETE FROM "TitleIndex" WHERE rowid IN (SELECT key FROM ${keyRows(tx, orderKeys.flatMap(placesOf))})`;
}
