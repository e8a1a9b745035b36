import type { Transaction } from "../db/client";

/**
 * If a list is fetched repeatedly (the open day of Hugging Face), keeps the first and the latest answer, so that a
 * paper in all of them has two entries, not ten. An answer in between keeps the entries that only it has.
 */
export async function dropSuperseded(tx: Transaction, listingId: number): Promise<void> {
  const { format, kind, period, url } = await tx.listing.findUniqueOrThrow({ where: { id: listingId } });
  if (url === null) return; // files belong to the reader, and each counts
  const earlier = await tx.listing.findMany({
    where: { format, kind, period, url, id: { lt: listingId } },
    select: { id: true },
    orderBy: { id: "asc" },
  });
  for (const { id } of earlier.slice(1)) {
    await tx.$executeRaw`DELETE FROM "Entry" WHERE "listingId" = ${id} AND "paperKey" IN
      (SELECT "paperKey" FROM "Entry" WHERE "listingId" = ${listingId})`;
    if ((await tx.entry.count({ where: { listingId: id } })) > 0) continue;
    await tx.import.updateMany({ where: { listingId: id }, data: { listingId } });
    await tx.listing.delete({ where: { id } });
  }
}
