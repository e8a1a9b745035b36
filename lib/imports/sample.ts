import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { saveListing } from "../catalog/save";
import { isDay } from "../days";
import type { Database } from "../db/client";
import { paperSchema } from "../paper";
import { shippedCounts, toPriors } from "../tags/priors";

const sampleSchema = z.object({ listedOn: z.string().refine(isDay), papers: z.array(paperSchema) });

/** Whether the library is empty, except perhaps for the sample. */
export async function hasNoImports(db: Database): Promise<boolean> {
  const entry = await db.entry.findFirst({ where: { listing: { sample: false } }, select: { place: true } });
  return entry === null;
}

/** Fills an empty library with a small edition of made-up papers. False if it is not empty. */
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
    body,
    { source: file, url: null, at: new Date(), asOf: listedOn, priors: toPriors(shippedCounts()) },
  );
  return counts.new > 0;
}
