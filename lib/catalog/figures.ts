import type { Transaction } from "../db/client";
import { rows } from "../db/rows";
import type { Format } from "../formats";
import { figuresIn } from "../listings/parse";
import { unpackSource } from "../listings/source-bytes";

/** The addresses of a paper's pictures, in order. */
export type PaperFigures = { paperKey: number; urls: string[] };

/**
 * Makes these the pictures of the papers; of several lists for a paper, the last. Pictures with the same address stay
 * fetched. An empty list changes nothing.
 */
export async function writeFigures(tx: Transaction, papers: PaperFigures[]): Promise<void> {
  const lists = new Map(papers.filter(({ urls }) => urls.length > 0).map((one) => [one.paperKey, one.urls]));
  const named = [...lists].flatMap(([paperKey, urls]) =>
    urls.map((url, index) => ({ paperKey, url, place: index + 1 })),
  );
  if (named.length === 0) return;
  const table = rows(tx, named, { paperKey: "int", url: "text", place: "int" });
  await tx.$executeRaw`DELETE FROM "Figure"
    WHERE "paperKey" IN (SELECT named."paperKey" FROM ${table} AS named)
      AND NOT EXISTS (SELECT 1 FROM ${table} AS named
        WHERE named."paperKey" = "Figure"."paperKey" AND named.url = "Figure".url)`;
  await tx.$executeRaw`INSERT INTO "Figure" ("paperKey", url, place)
    SELECT named."paperKey", named.url, named.place FROM ${table} AS named WHERE TRUE
    ON CONFLICT ("paperKey", url) DO UPDATE SET place = excluded.place`;
}

/**
 * Takes the pictures of papers from their stored entries again: those of the last entry that names any. A paper without
 * entries keeps its pictures.
 */
export async function rereadFigures(tx: Transaction, keys: number[]): Promise<void> {
  const entries = await tx.entry.findMany({
    where: { paperKey: { in: keys } },
    select: { paperKey: true, source: true, listing: { select: { format: true } } },
    orderBy: [{ listingId: "asc" }, { place: "asc" }],
  });
  const found = new Map<number, string[]>();
  const without = new Set(entries.map(({ paperKey }) => paperKey));
  for (const { paperKey, source, listing } of entries) {
    const urls = figuresIn(listing.format as Format, () => unpackSource(source)); // only this program writes formats
    if (urls.length === 0) continue;
    found.set(paperKey, urls);
    without.delete(paperKey);
  }
  await tx.figure.deleteMany({ where: { paperKey: { in: [...without] } } });
  await writeFigures(
    tx,
    [...found].map(([paperKey, urls]) => ({ paperKey, urls })),
  );
}
