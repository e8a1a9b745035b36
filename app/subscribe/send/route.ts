import { z } from "zod";
import type { subscribeProblems } from "@/components/subscribe-form";
import { maySubscribe, readRequestSender } from "@/lib/digest/sender";
import { rhythms } from "@/lib/digest/series";
import { isSubscribable } from "@/lib/digest/subscribable";
import { requestSubscription } from "@/lib/digest/subscriptions";
import { readForm, redirectTo } from "@/lib/http/form";
import { writeRoute } from "@/lib/http/unavailable";
import { isMailAddress } from "@/lib/mail-address";
import { queryText } from "@/lib/papers/filter";
import { currentReader } from "@/lib/readers/current-reader";

const formSchema = z.object({
  address: z.string().trim().max(1000),
  q: queryText.default(""),
  rhythm: z.enum(rhythms),
});

/**
 * Target of the form to subscribe: `address`, `q` (empty for the edition) and `rhythm`. Redirects to the same answer whether
 * or not the address is known, or back with the problem.
 */
export const POST = writeRoute(async (request: Request) => {
  const form = formSchema.safeParse(await readForm(request));
  if (!form.success) return toProblem("form", "");
  const { address, q, rhythm } = form.data;
  const sender = readRequestSender(request.headers);
  if (!maySubscribe(sender)) return toProblem("closed", q);
  if (!isSubscribable(q)) return toProblem("search", q);
  if (!isMailAddress(address)) return toProblem("address", q);
  const asker = { from: sender.network, reader: sender.isLocal ? currentReader() : null };
  const problem = await requestSubscription({ address, q, rhythm }, asker, new Date());
  return problem ? toProblem(problem, q) : redirectTo("/subscribe?sent=1#title");
});

function toProblem(problem: keyof typeof subscribeProblems, q: string): Response {
  return redirectTo(`/subscribe?${new URLSearchParams({ problem, q })}#problem`);
}
