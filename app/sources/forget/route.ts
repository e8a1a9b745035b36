import { z } from "zod";
import { database } from "@/lib/db/client";
import { retryWhileLocked } from "@/lib/db/retry-while-locked";
import { plainAnswer, readForm, redirectTo } from "@/lib/http/form";
import { writeRoute } from "@/lib/http/unavailable";
import { forgetListing } from "@/lib/imports/forget-listing";

const formSchema = z.object({
  listing: z.coerce
    .number()
    .int()
    .positive()
    .max(2 ** 31 - 1),
});

/** Removes a listing: `listing=NUMBER`. Redirects to the sources page. */
export const POST = writeRoute(async (request: Request) => {
  const parsed = formSchema.safeParse(await readForm(request));
  if (!parsed.success) return plainAnswer(400, "expected a form with listing=NUMBER.");
  const forgotten = await retryWhileLocked(() => forgetListing(database(), parsed.data.listing));
  return forgotten
    ? redirectTo("/sources")
    : plainAnswer(404, "no listing with this number; it may already have been removed.");
});
