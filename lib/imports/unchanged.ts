import type { Day } from "../days";
import type { Database } from "../db/client";
import type { Format } from "../formats";
import type { Validators } from "../net/validators";
import { hideSecrets } from "../printable";
import { noCounts, recordListing } from "./history";
import type { ImportResult } from "./import-result";

/** Records that a day's list has not changed, and returns what it had. Null if there is no record of it. */
export async function recordUnchanged(db: Database, day: Day): Promise<ImportResult | null> {
  const before = await db.import.findFirst({
    where: { kind: "day", period: day, error: null, url: { not: null }, listingId: { not: null } },
    orderBy: { id: "desc" },
  });
  if (!before) return null;
  const { source, url, period, listedOn, listingId, listed } = before;
  const format = before.format as Format; // written by a successful import
  const counts = { ...noCounts, listed, unchanged: listed };
  const head = { format, kind: "day", period, listedOn, listedOnInferred: false } as const;
  const result = { counts, rejections: [], error: null, listingId };
  await recordListing(db, head, { source, url, at: new Date() }, result);
  return { head, counts, broken: null, storeProblem: null };
}

/** The validators stored in the library. */
export function databaseValidators(db: Database): Validators {
  return {
    get: async (url) => {
      const row = await db.validator.findUnique({ where: { url: hideSecrets(url) } });
      return row
        ? {
            ...(row.etag ? { etag: row.etag } : {}),
            ...(row.lastModified ? { lastModified: row.lastModified } : {}),
          }
        : undefined;
    },
    set: async (address, { etag = null, lastModified = null }) => {
      const url = hideSecrets(address);
      const data = { etag, lastModified };
      await db.validator.upsert({ where: { url }, create: { url, ...data }, update: data });
    },
  };
}
