import { z } from "zod";
import { queryText, whole } from "../papers/filter";
import { defineUrlState } from "../url-state";

/** What the form of a watch holds, as an address. */
export const watchState = defineUrlState({
  q: { schema: queryText, default: "" },
  name: { schema: z.string().trim().max(200, "at most 200 characters"), default: "" },
  mutes: {
    schema: z.enum(["true", "false"], "true or false").transform((text) => text === "true"),
    default: false,
  },
  /** The watch that is changed. Null for a new one. */
  id: { schema: whole(1, 9_999_999).nullable(), default: null },
  /** Why it was not saved. */
  problem: { schema: z.enum(["empty", "name", "many", "gone"]).nullable(), default: null },
});
