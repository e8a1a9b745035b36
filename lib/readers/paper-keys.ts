import { toArxivId } from "../arxiv-id";
import { database } from "../db/client";
import { rows } from "../db/rows";

/** The keys of the papers with these ids, each once. Follows former ids and versions; ids of no paper are left out. */
export async function findKeys(ids: string[]): Promise<number[]> {
  const db = database();
  const names = [...new Set(ids.flatMap((id) => [id, toArxivId(id) ?? id]))].map((id) => ({ id }));
  const asked = rows(db, names, { id: "text" });
  const found = await db.$queryRaw<{ key: bigint }[]>`
    SELECT p."key" AS key FROM ${asked} AS asked JOIN "Paper" AS p ON p.id = asked.id
    UNION SELECT f."paperKey" AS key FROM ${asked} AS asked JOIN "FormerId" AS f ON f.id = asked.id ORDER BY key`;
  return found.map(({ key }) => Number(key));
}
