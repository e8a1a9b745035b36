import type { Transaction } from "../db/client";
import { Prisma } from "../db/prisma";
import { rows } from "../db/rows";
import { foldName } from "../fold-name";
import { joinNotes } from "../join-notes";
import type { Brought } from "../listings/listing";
import { change } from "./changes";
import { openLists, toListed } from "./list-rows";
import { applyRows, findRows, type MarkRow } from "./mark-rows";
import { toTagged, toTagNames } from "./own-tags";

/** What a file brings for a paper, by the paper's key. A paper may be there several times. */
export type BroughtPaper = { key: number; brought: Brought };

/**
 * Attaches what a file brings, in one step that can be undone, and returns how many papers it changed. Nothing is overwritten: a
 * bookmark keeps its time and its state; a note keeps its text, and a different one is appended below a line, even beyond
 * the length that a form accepts; lists are joined by name, and created if there is none; tags are added, except those that the paper
 * has from its source.
 */
export async function bringIn(reader: string, papers: BroughtPaper[]): Promise<number> {
  const byKey = new Map<number, Brought[]>();
  for (const { key, brought } of papers) byKey.set(key, [...(byKey.get(key) ?? []), brought]);
  let count = 0;
  await change(reader, "imported", async (step) => {
    const { tx, changeId } = step;
    const now = new Date();
    const [bookmarked, notes] = await findThere(tx, reader, [...byKey.keys()]);
    const sources = await findTags(tx, [...byKey.keys()]);
    const ownTags = (key: number, names: string[]) => names.filter((name) => !sources.get(key)?.has(name));
    const names = papers.flatMap(({ brought }) => brought.lists);
    const { ids, before } = await openLists(tx, reader, names);
    const wanted = [...byKey].flatMap(([key, all]): MarkRow[] => [
      toBookmark(key, all, bookmarked.has(key), now),
      ...toNote(key, all, notes.get(key) ?? "", now),
      ...[...new Set(all.flatMap(({ lists }) => lists.map(foldName)))].flatMap((folded) =>
        toListed(ids.get(folded), [key], now),
      ),
      ...toTagged([key], ownTags(key, toTagNames(all.flatMap(({ tags }) => tags))), now),
    ]);
    await applyRows(step, wanted);
    const [changed] = await tx.$queryRaw<{ papers: bigint }[]>`
      SELECT count(DISTINCT "paperKey") AS papers FROM "ChangedMark" WHERE "changeId" = ${changeId}`;
    count = Number(changed?.papers ?? 0);
    return count > 0 ? { lists: before } : null;
  });
  return count;
}

/** The tags that papers have from their sources. */
async function findTags(tx: Transaction, keys: number[]): Promise<Map<number, Set<string>>> {
  const asked = rows(
    tx,
    keys.map((key) => ({ key })),
    { key: "int" },
  );
  const found = await tx.$queryRaw<{ key: bigint; name: string }[]>`
    SELECT t."paperKey" AS key, t.name AS name FROM ${asked} AS asked JOIN "Tag" AS t ON t."paperKey" = asked.key`;
  const tags = new Map<number, Set<string>>();
  for (const { key, name } of found) tags.set(Number(key), (tags.get(Number(key)) ?? new Set()).add(name));
  return tags;
}

/** Which of the papers are bookmarked, and the notes of those that have one. */
async function findThere(tx: Transaction, reader: string, keys: number[]) {
  const asked = rows(
    tx,
    keys.map((key) => ({ key })),
    { key: "int" },
  );
  const where = Prisma.sql`"paperKey" IN (SELECT asked.key FROM ${asked} AS asked)`;
  const bookmarks = await findRows(tx, reader, "Bookmark", where);
  const notes = await findRows(tx, reader, "Note", where);
  return [
    new Set(bookmarks.map(({ paperKey }) => paperKey)),
    new Map(notes.map(({ paperKey, value }) => [paperKey, value ?? ""])),
  ] as const;
}

function toBookmark(key: number, all: Brought[], isThere: boolean, now: Date): MarkRow {
  const [at] = all.flatMap((brought) => brought.at ?? []).sort();
  const state = all.find((brought) => brought.state !== null)?.state ?? "toread";
  return {
    ...{ mark: "Bookmark", paperKey: key, item: "", createdAt: at ? new Date(at) : now },
    value: isThere ? null : state,
  };
}

function toNote(key: number, all: Brought[], there: string, now: Date): MarkRow[] {
  const text = all.reduce((sum, { note }) => joinNotes(sum, note ?? ""), there);
  return text === there ? [] : [{ mark: "Note", paperKey: key, item: "", createdAt: now, value: text }];
}
