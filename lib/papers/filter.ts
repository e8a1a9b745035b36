import { z } from "zod";
import { defineUrlState } from "../url-state";

const day = z.iso.date();

/** What a reader can ask of the library: one definition for pages, API and links. */
export const filterState = defineUrlState({
  q: { schema: z.string().trim().max(500), default: "" },
  day: { schema: day.nullable(), default: null },
  from: { schema: day.nullable(), default: null },
  to: { schema: day.nullable(), default: null },
  sort: { schema: z.enum(["relevance", "newest", "upvotes"]).nullable(), default: null },
  page: { schema: z.coerce.number().int().min(1).max(1_000_000), default: 1 },
  limit: { schema: z.coerce.number().int().min(1).max(100), default: 20 },
});

export type Filter = ReturnType<typeof filterState.parse>["state"];
