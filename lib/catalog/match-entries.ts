import type { Transaction } from "../db/client";
import { rows } from "../db/rows";
import type { ListingEntry } from "../listings/listing";
import { findDraft, findDrafts } from "./drafts";

/** A paper of the library. */
export type KnownPaper = { key: number; id: string; title: string };

const atOnce = 500;

/** For each entry, the paper of the library that an import would merge it into, or null if it would begin a new one. */
export async function matchEntries(db: Transaction, entries: ListingEntry[]): Promise<(KnownPaper | null)[]> {
  const matches: (KnownPaper | null)[] = [];
  for (let at = 0; at < entries.length; at += atOnce) {
    const some = entries.slice(at, at + atOnce);
    const drafts = await findDrafts(db, some);
    for (const entry of some) {
      const draft = findDraft(drafts, entry);
      matches.push(draft?.key ? { key: draft.key, id: draft.id, title: draft.record.title } : null);
    }
  }
  return matches;
}

/** The papers that have or had these ids. */
export async function findByIds(db: Transaction, ids: string[]): Promise<Map<string, KnownPaper>> {
  const wanted = rows(
    db,
    ids.map((id) => ({ id })),
    { id: "text" },
  );
  const found = await db.$queryRaw<{ wanted: string; key: bigint; id: string; title: string }[]>`
    SELECT wanted.id AS wanted, p."key" AS key, p.id AS id, p.title AS title
    FROM ${wanted} AS wanted JOIN "Paper" AS p ON p.id = wanted.id
    UNION SELECT wanted.id, p."key", p.id, p.title
    FROM ${wanted} AS wanted JOIN "FormerId" AS f ON f.id = wanted.id JOIN "Paper" AS p ON p."key" = f."paperKey"`;
  return new Map(found.map(({ wanted, key, id, title }) => [wanted, { key: Number(key), id, title }]));
}
