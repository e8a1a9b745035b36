import type { Day } from "../days";
import type { Database } from "../db/client";
import { Prisma } from "../db/prisma";
import { rows } from "../db/rows";

/** The papers of a page: by id, or those of a day. */
export type Shown = { ids: string[] } | { day: Day };

/** Whether a paper is one of them, as a condition on a row of "Paper" as `p`. */
export const shownCondition = (db: Database, shown: Shown): Prisma.Sql =>
  "day" in shown
    ? Prisma.sql`p."key" IN (SELECT "paperKey" FROM "Entry" WHERE "listedOn" = ${shown.day})`
    : Prisma.sql`p.id IN (SELECT asked.id FROM ${rows(
        db,
        shown.ids.map((id) => ({ id })),
        { id: "text" },
      )} AS asked)`;
