import { Prisma } from "../db/generated/client";
import { jsonEach } from "../db/json-each";
import type { Transaction } from "../db/open-database";
import { toColumns } from "../db/paper-row";
import { removeTerms, toTerms, writeTerms } from "../search/sqlite";
import { countWords } from "../search/words";
import { assignOrderKeys } from "./assign-order-keys";
import { type Draft, toSearchable } from "./drafts";

/** Writes new and changed papers with all that belongs to them; gives new ones their keys. */
export async function writePapers(tx: Transaction, drafts: Draft[], now: Date): Promise<void> {
  const moved = await assignOrderKeys(tx, drafts);
  await removeTerms(tx, moved);
  await writeRows(tx, drafts, now);
  const former = drafts.flatMap((draft) => draft.formerIds.map((id) => [id, keyOf(draft)]));
  // Two papers that were one text apart may have had the same; the first keeps it.
  await tx.$executeRaw`INSERT OR IGNORE INTO "FormerId" (id, "paperKey")
    SELECT value ->> 0, value ->> 1 FROM ${jsonEach(former)}`;
  const rewritten = drafts.filter((draft) => draft.isNew || draft.textChanged);
  await writeParts(tx, rewritten);

  const indexed = drafts
    .filter((draft) => draft.isNew || draft.textChanged || draft.moved)
    .map((draft) => {
      const terms = draft.terms ?? toTerms(toSearchable(draft.record));
      return { draft, orderKey: draft.orderKey, terms };
    });
  await writeTerms(tx, indexed);
  await countWords(
    tx,
    rewritten.flatMap((draft) => (draft.before ? [toTerms(draft.before)] : [])),
    indexed.flatMap(({ draft, terms }) => (draft.isNew || draft.textChanged ? [terms] : [])),
  );
}

/** The papers themselves, in one statement; gives new drafts their keys. */
async function writeRows(tx: Transaction, drafts: Draft[], now: Date): Promise<void> {
  if (drafts.length === 0) return;
  const rows = drafts.map((draft) => ({ key: draft.key, ...columns(draft) }));
  const names = Object.keys(rows[0] ?? {});
  const list = Prisma.raw(names.map((name) => `"${name}"`).join(", "));
  const values = Prisma.raw(names.map((name) => `value ->> '${name}'`).join(", "));
  const set = Prisma.raw(names.map((name) => `"${name}" = excluded."${name}"`).join(", "));
  const written = await tx.$queryRaw<{ key: bigint; id: string }[]>`
    INSERT INTO "Paper" (${list}, "createdAt", "updatedAt")
    SELECT ${values}, ${now}, ${now} FROM ${jsonEach(rows)} WHERE TRUE
    ON CONFLICT ("key") DO UPDATE SET ${set}, "updatedAt" = excluded."updatedAt"
    RETURNING "key", id`;
  const keys = new Map(written.map((row) => [row.id, Number(row.key)]));
  for (const draft of drafts) draft.key ??= keys.get(draft.id) ?? null;
}

/** Authors and tags, a statement each: rows one by one through Prisma took half of a scrape's time. */
async function writeParts(tx: Transaction, drafts: Draft[]): Promise<void> {
  // As one parameter, here and below: SQLite takes no list of a thousand.
  const known = drafts.filter((draft) => !draft.isNew).map(keyOf);
  await tx.$executeRaw`DELETE FROM "Author" WHERE "paperKey" IN (SELECT value FROM ${jsonEach(known)})`;
  const authors = drafts.flatMap((draft) =>
    draft.record.authors.map((name, index) => [keyOf(draft), index + 1, name]),
  );
  await tx.$executeRaw`INSERT INTO "Author" ("paperKey", place, name)
    SELECT value ->> 0, value ->> 1, value ->> 2 FROM ${jsonEach(authors)}`;
  await replaceTags(
    tx,
    drafts.map((draft) => ({ key: keyOf(draft), tags: draft.record.tags })),
  );
}

function columns(draft: Draft) {
  const { id, textId, feedDay, record, given, asOf } = draft;
  return {
    ...toColumns(record),
    id,
    arxivId: record.arxivId,
    textId,
    feedDay,
    given,
    asOf,
    orderKey: draft.orderKey,
  };
}

/** The key of a draft that has a row. */
export function keyOf(draft: Draft): number {
  if (draft.key === null) throw new Error(`save: paper ${draft.id} has no row yet`);
  return draft.key;
}

/** Gives papers these tags and no others. */
export async function replaceTags(
  tx: Transaction,
  papers: { key: number; tags: { name: string; source: string }[] }[],
): Promise<void> {
  const keys = papers.map(({ key }) => key);
  await tx.$executeRaw`DELETE FROM "Tag" WHERE "paperKey" IN (SELECT value FROM ${jsonEach(keys)})`;
  const tags = papers.flatMap(({ key, tags }) =>
    tags.map((tag, index) => [key, index + 1, tag.name, tag.source]),
  );
  await tx.$executeRaw`INSERT INTO "Tag" ("paperKey", place, name, source)
    SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM ${jsonEach(tags)}`;
}
