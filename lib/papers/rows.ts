import type { Database } from "../db/client";
import { list } from "../db/lists";
import { type RecordRow, toRecord } from "../db/paper-row";
import { Prisma } from "../db/prisma";
import { rows } from "../db/rows";
import { findShown, openMedia } from "../media/store";
import type { Figure, Paper } from "../paper";
import { excerpt, highlight } from "../search/highlight";
import type { Tree } from "../search/tree";
import { chooseSentence } from "./key-sentence";

/** Prisma's arguments for the pictures of a paper that were fetched, in order. */
export const storedFigures = {
  where: { hash: { not: null } },
  select: { hash: true, width: true, height: true },
  orderBy: { place: "asc" },
} as const;

type StoredFigure = { [name in keyof Figure]: Figure[name] | null };

/** The pictures of each paper that can be shown: each once, without those whose files are gone. */
export async function toFigures(db: Database, papers: StoredFigure[][]): Promise<Figure[][]> {
  const hashes = papers.flat().flatMap(({ hash }) => hash ?? []);
  const shown = await findShown(openMedia(db), hashes);
  return papers.map((stored) => {
    const figures = new Map<string, Figure>();
    for (const { hash, width, height } of stored)
      if (hash !== null && width !== null && height !== null && shown.has(hash))
        figures.set(hash, { hash, width, height });
    return [...figures.values()];
  });
}

/** The papers with these keys or order keys, in the same order. With highlights if there is a query. */
export async function loadPapers(
  db: Database,
  keys: number[],
  { by = "key", query = null }: { by?: "key" | "orderKey"; query?: Tree | null } = {},
): Promise<Paper[]> {
  const found = await readRows(db, keys, by);
  const figures = await toFigures(
    db,
    found.map((row) => row.figures),
  );
  const byKey = new Map(
    found.map((row, index) => [Number(row[by]), { row, figure: figures[index]?.[0] ?? null }]),
  );
  return keys.flatMap((key) => {
    const known = byKey.get(key);
    if (!known) return [];
    const { row, figure } = known;
    const record = toRecord(row);
    const { title, abstract } = record;
    const highlights = query && {
      title: highlight(title, query),
      abstract: abstract && excerpt(abstract, query, () => chooseSentence(title, abstract)),
    };
    return [{ id: row.id, ...record, highlights, figure }];
  });
}

const columns = Prisma.raw(
  [
    ...["key", "orderKey", "id", "arxivId", "title", "abstract", "authorCount", "publishedOn", "feedDay"],
    ...["upvotes", "commentCount", "submitterName", "submitterFull", "organizationName", "organizationFull"],
    ...["codeUrl", "codeStars", "projectPage", "summary", "summarySource", "withdrawn"],
  ]
    .map((name) => `p."${name}"`)
    .join(", "),
);

type PaperRow = RecordRow & { key: number; orderKey: number; id: string; figures: StoredFigure[] };

/** Papers with their parts, in one statement and in any order. */
async function readRows(db: Database, keys: number[], by: "key" | "orderKey"): Promise<PaperRow[]> {
  const asked = rows(
    db,
    keys.map((key) => ({ key })),
    { key: "int" },
  );
  const parts = (table: string, names: string[]) =>
    list(db, names, Prisma.raw(`"${table}" WHERE "paperKey" = p."key"`), "place");
  const found = await db.$queryRaw<Record<string, unknown>[]>`
    SELECT ${columns}, ${parts("Author", ["name"])} AS authors, ${parts("Tag", ["name", "source"])} AS tags,
      ${parts("Figure", ["hash", "width", "height"])} AS figures
    FROM ${asked} AS asked JOIN "Paper" AS p ON p.${Prisma.raw(`"${by}"`)} = asked.key`;
  return found.map((row) => {
    const plain = Object.entries(row).map(([name, value]) => [
      name,
      typeof value === "bigint" ? Number(value) : value,
    ]);
    const of = <Part extends unknown[]>(name: string): Part[] => JSON.parse(String(row[name]));
    const { withdrawn } = row;
    return {
      ...(Object.fromEntries(plain) as PaperRow), // its columns are those of the schema
      withdrawn: withdrawn === null ? null : Boolean(withdrawn),
      authors: of<[string]>("authors").map(([name]) => ({ name })),
      tags: of<[string, string]>("tags").map(([name, source]) => ({ name, source })),
      figures: of<[string | null, number | null, number | null]>("figures").map(([hash, width, height]) => ({
        ...{ hash, width, height },
      })),
    };
  });
}
