import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { isDay } from "../days";
import type { Database, Transaction } from "../db/open-database";
import { toRecord, withParts } from "../db/paper-row";
import { paperSchema } from "../paper";
import { removeTerms } from "../search/sqlite";
import { countWords } from "../search/words";
import { toSearchable } from "./drafts";
import { saveListing } from "./save";

const sampleSchema = z.object({ listedOn: z.string().refine(isDay), papers: z.array(paperSchema) });

/** Fills an empty library with a small edition of invented papers; false where it is not empty. */
export async function loadSample(db: Database): Promise<boolean> {
  if ((await db.paper.count()) > 0) return false;
  const file = path.resolve("prisma/sample-edition.json");
  const body = readFileSync(file, "utf8");
  const { listedOn, papers } = sampleSchema.parse(JSON.parse(body));
  const counts = await saveListing(
    db,
    {
      format: "sample",
      kind: "day",
      period: listedOn,
      listedOn,
      listedOnInferred: false,
      entries: papers.map((paper, index) => ({
        place: index + 1,
        paper: { ...paper, listedOn },
        source: paper,
      })),
      rejections: [],
    },
    { source: file, url: null, body, at: new Date() },
  );
  return counts.new > 0;
}

/** Takes the sample out again, with its bookmarks: the first real listing replaces it. */
export async function dropSample(tx: Transaction): Promise<void> {
  const listings = await tx.listing.findMany({ where: { sample: true }, select: { id: true } });
  if (listings.length === 0) return;
  const papers = await tx.paper.findMany({
    where: { entries: { every: { listing: { sample: true } } } },
    include: withParts,
  });
  await removeTerms(
    tx,
    papers.map((paper) => Number(paper.orderKey)),
  );
  await countWords(
    tx,
    papers.map((paper) => toSearchable(toRecord(paper))),
    [],
  );
  await tx.paper.deleteMany({ where: { key: { in: papers.map((paper) => paper.key) } } });
  await tx.listing.deleteMany({ where: { sample: true } });
}
