import { z } from "zod";
import { sendTest } from "@/lib/digest/send-edition";
import { readRequestSender } from "@/lib/digest/sender";
import { logTest, mayTest } from "@/lib/digest/test-log";
import { readEnv } from "@/lib/env";
import { plainAnswer, readForm, redirectTo } from "@/lib/http/form";
import { writeRoute } from "@/lib/http/unavailable";
import { isMailAddress } from "@/lib/mail-address";

const formSchema = z.object({ address: z.string().trim().refine(isMailAddress) });

/**
 * Target of "Send me a test" on the settings page: `address`. Only from this machine's networks, so that nobody else sends
 * mail with it. Redirects to the answer on that page.
 */
export const POST = writeRoute(async (request: Request) => {
  if (readEnv().mail === null) return plainAnswer(404, "mail is not configured.");
  if (!readRequestSender(request.headers).isLocal)
    return plainAnswer(403, "a test can only be sent from this machine's own network.");
  const form = formSchema.safeParse(await readForm(request));
  if (!form.success) return plainAnswer(400, "expected a form with address=name@example.org.");
  const now = new Date();
  if (!(await mayTest(now)))
    return plainAnswer(429, "five test mails were sent in the last hour. Try again later.");
  const { sent, answer } = await sendTest(form.data.address);
  return redirectTo(`/settings?test=${await logTest({}, sent, answer, now)}#mail`);
});
