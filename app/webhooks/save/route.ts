import { z } from "zod";
import type { webhookProblems } from "@/components/webhooks-view";
import { isSubscribable } from "@/lib/digest/subscribable";
import {
  addWebhook,
  deleteWebhook,
  enableWebhook,
  isWebhookAddress,
  testWebhook,
  webhookKinds,
} from "@/lib/digest/webhooks";
import { readEnv } from "@/lib/env";
import { plainAnswer, readForm, redirectTo } from "@/lib/http/form";
import { writeRoute } from "@/lib/http/unavailable";
import { queryText } from "@/lib/papers/filter";
import { printable } from "@/lib/printable";
import { currentReader } from "@/lib/readers/current-reader";

const id = z.coerce
  .number()
  .int()
  .positive()
  .max(2 ** 31 - 1);
const formSchema = z.discriminatedUnion("do", [
  z.object({ do: z.enum(["test", "enable", "delete"]), id }),
  z.object({
    do: z.literal("add"),
    name: z.string().trim().min(1).max(100).transform(printable),
    url: z.string().trim().max(2000),
    kind: z.enum(webhookKinds),
    q: queryText.default(""),
  }),
]);

/**
 * Target of the forms on /webhooks: `do=add` with `name`, `url`, `kind` and `q`, or `do=test`, `enable` or `delete` with `id`.
 * Redirects to that page.
 */
export const POST = writeRoute(async (request: Request) => {
  const form = formSchema.safeParse(await readForm(request));
  if (!form.success)
    return plainAnswer(400, "expected a form with do=add|test|enable|delete and its fields.");
  const { data } = form;
  const reader = currentReader();
  if (data.do === "add") {
    const { do: _, ...webhook } = data;
    if (!isWebhookAddress(webhook.url, readEnv())) return toProblem("url");
    if (!isSubscribable(webhook.q)) return toProblem("search");
    const added = await addWebhook(reader, webhook, new Date());
    return added === null ? toProblem("several") : redirectTo(`/webhooks#webhook-${added}`);
  }
  if (data.do === "test") await testWebhook(reader, data.id, new Date());
  else if (data.do === "enable") await enableWebhook(reader, data.id);
  else {
    await deleteWebhook(reader, data.id);
    return redirectTo("/webhooks#title");
  }
  return redirectTo(`/webhooks#webhook-${data.id}`);
});

const toProblem = (name: keyof typeof webhookProblems) => redirectTo(`/webhooks?problem=${name}#problem`);
