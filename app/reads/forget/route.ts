import { z } from "zod";
import { database } from "@/lib/db/open-database";
import { whenFree } from "@/lib/db/when-free";
import { readEnv } from "@/lib/env";
import { goTo, readForm, sayPlainly } from "@/lib/http/form";
import { writing } from "@/lib/http/unavailable";
import { forgetListing } from "@/lib/imports/forget-listing";

const formSchema = z.object({
  listing: z.coerce
    .number()
    .int()
    .positive()
    .max(2 ** 31 - 1),
});

/** What the button of a read posts: `listing=NUMBER`, to take it back. Answers 303 to the reads. */
export const POST = writing(async (request: Request) => {
  const parsed = formSchema.safeParse(await readForm(request));
  if (!parsed.success) return sayPlainly(400, "expected a form with listing=NUMBER.");
  const forgotten = await whenFree(() => forgetListing(database(), parsed.data.listing, readEnv().bodies));
  return forgotten
    ? goTo("/reads")
    : sayPlainly(404, "no listing of this number is here; it may have been taken back already.");
});
