import type { Transaction } from "../db/open-database";

/**
 * Of a list that is asked for again and again (the Hub's open day), the first answer and the latest are kept: what stands
 * in the latest and stood in an answer between is one entry, not ten. What only an answer between had stays with it.
 */
export async function dropSuperseded(tx: Transaction, listingId: number): Promise<void> {
  const { format, kind, period, url } = await tx.listing.findUniqueOrThrow({ where: { id: listingId } });
  if (url === null) return; // files are the reader's own, each for itself
  const earlier = await tx.listing.findMany({
    where: { format, kind, period, url, id: { lt: listingId } },
    select: { id: true },
    orderBy: { id: "asc" },
  });
  for (const { id } of earlier.slice(1)) {
    await tx.$executeRaw`DELETE FROM "Entry" WHERE "listingId" = ${id} AND "paperKey" IN
      (SELECT "paperKey" FROM "Entry" WHERE "listingId" = ${listingId})`;
    if ((await tx.entry.count({ where: { listingId: id } })) > 0) continue;
    await tx.read.updateMany({ where: { listingId: id }, data: { listingId } });
    await tx.listing.delete({ where: { id } });
  }
}
