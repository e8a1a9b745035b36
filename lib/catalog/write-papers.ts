import type { Transaction } from "../db/client";
import { toColumns } from "../db/paper-row";
import { Prisma } from "../db/prisma";
import { rows } from "../db/rows";
import { search } from "../search/engine";
import { countNames } from "../search/names";
import { toTerms } from "../search/terms";
import { toTitleKey } from "../search/title-key";
import { countWords } from "../search/words";
import { assignOrderKeys } from "./assign-order-keys";
import { type Draft, toSearchable } from "./drafts";

/** Writes new and changed papers with everything that belongs to them, and gives new ones their keys. */
export async function writePapers(tx: Transaction, drafts: Draft[], now: Date): Promise<void> {
  const moved = await assignOrderKeys(tx, drafts);
  await search.remove(tx, moved);
  await writeRows(tx, drafts, now);
  await tx.$executeRaw`INSERT INTO "UnmatchedPaper" ("paperKey") SELECT draft.key FROM ${rows(
    tx,
    drafts.map((draft) => ({ key: keyOf(draft) })),
    { key: "int" },
  )} AS draft`;
  const former = drafts.flatMap((draft) => draft.formerIds.map((id) => ({ id, paperKey: keyOf(draft) })));
  // Two papers that are now one may have had the same former id. The first keeps it.
  await tx.$executeRaw`INSERT INTO "FormerId" (id, "paperKey")
    SELECT former.id, former."paperKey" FROM ${rows(tx, former, { id: "text", paperKey: "int" })} AS former WHERE TRUE
    ON CONFLICT DO NOTHING`;
  const rewritten = drafts.filter((draft) => draft.isNew || draft.textChanged);
  await writeParts(tx, rewritten);

  const indexed = drafts
    .filter((draft) => draft.isNew || draft.textChanged || draft.moved)
    .map((draft) => {
      const terms = draft.terms ?? toTerms(toSearchable(draft.record));
      return { draft, orderKey: draft.orderKey, terms };
    });
  await search.write(tx, indexed);
  const before = rewritten.flatMap((draft) => draft.indexed ?? []);
  await countNames(
    tx,
    before,
    rewritten.map(({ record }) => toSearchable(record)),
  );
  await countWords(
    tx,
    before.map(toTerms),
    indexed.flatMap(({ draft, terms }) => (draft.isNew || draft.textChanged ? [terms] : [])),
  );
}

const columns = {
  id: "text",
  arxivId: "text",
  textId: "text",
  orderKey: "int",
  title: "text",
  titleKey: "text",
  abstract: "text",
  authorCount: "int",
  publishedOn: "text",
  feedDay: "text",
  upvotes: "int",
  commentCount: "int",
  submitterName: "text",
  submitterFull: "text",
  organizationName: "text",
  organizationFull: "text",
  codeUrl: "text",
  codeStars: "int",
  projectPage: "text",
  summary: "text",
  summarySource: "text",
  withdrawn: "bool",
  asOf: "text",
  fieldRanks: "text",
} as const;
const names = Object.keys(columns).map((name) => `"${name}"`);

/**
 * Writes the papers themselves, and gives new drafts their keys. Updates known papers first, so that ids they no
 * longer use are free.
 */
async function writeRows(tx: Transaction, drafts: Draft[], now: Date): Promise<void> {
  const known = drafts.flatMap((draft) => (draft.key === null ? [] : [{ key: draft.key, ...toRow(draft) }]));
  const set = Prisma.raw(names.map((name) => `${name} = draft.${name}`).join(", "));
  await tx.$executeRaw`UPDATE "Paper" SET ${set}, "updatedAt" = ${now}
    FROM ${rows(tx, known, { key: "int", ...columns })} AS draft WHERE "Paper"."key" = draft.key`;
  const added = drafts.filter(({ key }) => key === null);
  const list = Prisma.raw(names.join(", "));
  const written = await tx.$queryRaw<{ key: bigint; id: string }[]>`
    INSERT INTO "Paper" (${list}, "createdAt", "updatedAt")
    SELECT ${list}, ${now}, ${now} FROM ${rows(tx, added.map(toRow), columns)} AS draft
    RETURNING "key", id`;
  const keys = new Map(written.map((row) => [row.id, Number(row.key)]));
  for (const draft of added) draft.key = keys.get(draft.id) ?? null;
}

/** Authors and tags in one statement each: row by row through Prisma, they took half the time of an import. */
async function writeParts(tx: Transaction, drafts: Draft[]): Promise<void> {
  // As one parameter, here and below, because SQLite accepts only a limited number.
  const known = rows(
    tx,
    drafts.filter((draft) => !draft.isNew),
    { key: "int" },
  );
  await tx.$executeRaw`DELETE FROM "Author" WHERE "paperKey" IN (SELECT known.key FROM ${known} AS known)`;
  const authors = drafts.flatMap((draft) =>
    draft.record.authors.map((name, index) => ({ paperKey: keyOf(draft), place: index + 1, name })),
  );
  await tx.$executeRaw`INSERT INTO "Author" ("paperKey", place, name)
    SELECT author."paperKey", author.place, author.name
    FROM ${rows(tx, authors, { paperKey: "int", place: "int", name: "text" })} AS author`;
  await replaceTags(
    tx,
    drafts.map((draft) => ({ key: keyOf(draft), tags: draft.record.tags })),
  );
}

function toRow(draft: Draft) {
  const { id, textId, feedDay, record, fieldRanks, asOf } = draft;
  return {
    ...toColumns(record),
    id,
    titleKey: toTitleKey(record.title),
    arxivId: record.arxivId,
    textId,
    feedDay,
    fieldRanks,
    asOf,
    orderKey: draft.orderKey,
  };
}

/** The key of a draft that has a row. */
export function keyOf(draft: Draft): number {
  if (draft.key === null) throw new Error(`save: paper ${draft.id} has no row yet`);
  return draft.key;
}

/** Replaces the tags of papers. */
export async function replaceTags(
  tx: Transaction,
  papers: { key: number; tags: { name: string; source: string }[] }[],
): Promise<void> {
  await tx.$executeRaw`DELETE FROM "Tag"
    WHERE "paperKey" IN (SELECT paper.key FROM ${rows(tx, papers, { key: "int" })} AS paper)`;
  const tags = papers.flatMap(({ key, tags }) =>
    tags.map(({ name, source }, index) => ({ paperKey: key, place: index + 1, name, source })),
  );
  await tx.$executeRaw`INSERT INTO "Tag" ("paperKey", place, name, source)
    SELECT tag."paperKey", tag.place, tag.name, tag.source
    FROM ${rows(tx, tags, { paperKey: "int", place: "int", name: "text", source: "text" })} AS tag`;
}
