import type { Transaction } from "../db/client";
import { toRecord, withParts } from "../db/paper-row";
import { search } from "../search/engine";
import { countNames } from "../search/names";
import { toTerms } from "../search/terms";
import { countWords } from "../search/words";
import { toSearchable } from "./drafts";

/** Removes the sample edition and its bookmarks when the first real listing arrives. */
export async function dropSample(tx: Transaction): Promise<void> {
  const listings = await tx.listing.findMany({ where: { sample: true }, select: { id: true } });
  if (listings.length === 0) return;
  const papers = await tx.paper.findMany({
    where: { entries: { every: { listing: { sample: true } } } },
    include: withParts,
  });
  await search.remove(
    tx,
    papers.map((paper) => Number(paper.orderKey)),
  );
  const before = papers.map((paper) => toSearchable(toRecord(paper)));
  await countNames(tx, before, []);
  await countWords(tx, before.map(toTerms), []);
  await tx.paper.deleteMany({ where: { key: { in: papers.map((paper) => paper.key) } } });
  await tx.listing.deleteMany({ where: { sample: true } });
}
