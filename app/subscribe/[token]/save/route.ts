import { z } from "zod";
import { rhythms } from "@/lib/digest/series";
import {
  changeSubscription,
  confirmSubscription,
  deleteSubscription,
  pauseSubscription,
} from "@/lib/digest/subscriptions";
import { isTimeZone } from "@/lib/digest/time-zone";
import { plainAnswer, readForm, redirectTo } from "@/lib/http/form";
import { writeRoute } from "@/lib/http/unavailable";

const formSchema = z.discriminatedUnion("do", [
  z.object({ do: z.enum(["confirm", "pause", "resume", "leave"]) }),
  z.object({
    do: z.literal("change"),
    rhythm: z.enum(rhythms),
    /** Empty: once the edition is complete. */
    hour: z.union([z.literal("").transform(() => null), z.coerce.number().int().min(0).max(23)]),
    zone: z.string().trim(),
  }),
]);

type Context = { params: Promise<{ token: string }> };

/**
 * Target of the forms on /subscribe/TOKEN: `do=confirm`, `pause`, `resume`, `leave`, or `change` with `rhythm`, `hour` and
 * `zone`. Redirects to that page. Done twice, it changes nothing more.
 */
export const POST = writeRoute(async (request: Request, { params }: Context) => {
  const form = formSchema.safeParse(await readForm(request));
  if (!form.success) return plainAnswer(400, "expected a form with do=confirm|pause|resume|leave|change.");
  const { token } = await params;
  const { data } = form;
  const page = `/subscribe/${encodeURIComponent(token)}`;
  if (data.do === "leave") {
    await deleteSubscription(token);
    return redirectTo("/subscribe?left=1#title");
  }
  if (data.do === "confirm") {
    await confirmSubscription(token, new Date());
    return redirectTo(`${page}?confirmed=1#title`);
  }
  if (data.do === "change") {
    const { rhythm, hour, zone } = data;
    if (!isTimeZone(zone)) return redirectTo(`${page}?problem=zone#problem`);
    if (!(await changeSubscription(token, { rhythm, hour, zone }, new Date())))
      return redirectTo(`${page}?problem=twice#problem`);
    return redirectTo(`${page}?saved=1#title`);
  } else await pauseSubscription(token, data.do === "pause");
  return redirectTo(`${page}#title`);
});
