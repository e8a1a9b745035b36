import type { Metadata } from "next";
import { framed } from "@/components/add-form";
import { SubscriptionView, subscriptionProblems } from "@/components/subscription-view";
import { TitledPage } from "@/components/titled-page";
import { nameOf, type Rhythm } from "@/lib/digest/series";
import { findDeliveries, findSubscription } from "@/lib/digest/subscriptions";
import { setStatus } from "@/lib/http/answer";

export const metadata: Metadata = { title: "Your subscription", robots: { index: false } };

type Props = {
  params: Promise<{ token: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** Confirms a subscription, or manages it, for whoever has its token. `leave` asks whether to unsubscribe. */
export default async function SubscriptionPage({ params, searchParams }: Props) {
  const { token } = await params;
  const { leave, problem, saved, confirmed } = await searchParams;
  const subscription = await findSubscription(token, new Date());
  const text = "mt-4 max-w-measure text-pretty wrap-anywhere";
  if (!subscription) {
    setStatus(404);
    return (
      <TitledPage isForOthers title="No subscription here">
        <p className={text}>
          You have unsubscribed, or the link was not confirmed within 48 hours. Nothing is sent to you.
        </p>
      </TitledPage>
    );
  }
  const action = `/subscribe/${token}/save`;
  const { q, rhythm, address, state } = subscription;
  const what = `${nameOf(q, rhythm as Rhythm /* so it was stored */)}, ${rhythm}, to ${address}`;
  if (state === "pending" || leave !== undefined) {
    const isNew = state === "pending";
    return (
      <TitledPage isForOthers title={isNew ? "Confirm your subscription" : "Unsubscribe?"}>
        <p className={text}>{what}</p>
        <form method="post" action={action} className="mt-4 flex flex-wrap gap-3">
          {isNew && (
            <button type="submit" name="do" value="confirm" className={framed}>
              Confirm
            </button>
          )}
          <button type="submit" name="do" value="leave" className={framed}>
            {isNew ? "Delete this request" : "Unsubscribe"}
          </button>
        </form>
        {isNew && (
          <p className={`${text} text-soft`}>If you did not ask for this, do nothing. No mail will come.</p>
        )}
      </TitledPage>
    );
  }
  return (
    <TitledPage isForOthers title="Your subscription">
      <SubscriptionView
        subscription={subscription}
        deliveries={await findDeliveries({ subscriptionId: subscription.id })}
        problem={isProblem(problem) ? problem : null}
        said={confirmed !== undefined ? `You get ${what}.` : saved !== undefined ? "Saved." : null}
      />
    </TitledPage>
  );
}

const isProblem = (name: unknown): name is keyof typeof subscriptionProblems =>
  typeof name === "string" && Object.hasOwn(subscriptionProblems, name);
