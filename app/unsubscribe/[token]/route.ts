import { z } from "zod";
import { deleteSubscription } from "@/lib/digest/subscriptions";
import { plainAnswer, readForm, redirectTo } from "@/lib/http/form";
import { writeRoute } from "@/lib/http/unavailable";

type Context = { params: Promise<{ token: string }> };

/** Leads to a page with a button. It changes nothing, because scanners of mail open every link. */
export async function GET(_: Request, { params }: Context): Promise<Response> {
  const { token } = await params;
  return redirectTo(`/subscribe/${encodeURIComponent(token)}?leave=1#title`);
}

const oneClick = z.object({ "List-Unsubscribe": z.literal("One-Click") });

/**
 * What mail programs post when their reader unsubscribes (RFC 8058): `List-Unsubscribe=One-Click`, from anywhere, without a
 * login. Done twice, or for a subscription that is gone, it succeeds too.
 */
export const POST = writeRoute(async (request: Request, { params }: Context) => {
  if (!oneClick.safeParse(await readForm(request)).success)
    return plainAnswer(400, "expected a form with List-Unsubscribe=One-Click.");
  await deleteSubscription((await params).token);
  return plainAnswer(200, "you are unsubscribed.");
});
