import type { Metadata } from "next";
import { headers } from "next/headers";
import { SubscribeForm, subscribeProblems } from "@/components/subscribe-form";
import { TitledPage } from "@/components/titled-page";
import { maySubscribe, readRequestSender } from "@/lib/digest/sender";
import { nameOf } from "@/lib/digest/series";
import { isSubscribable } from "@/lib/digest/subscribable";

export const metadata: Metadata = { title: "Subscribe", description: "Get new papers by email." };

type Params = Record<string, string | string[] | undefined>;

/** `q` is the search. `problem` is the name of one; `sent` and `left` say what was done. */
export default async function SubscribePage({ searchParams }: { searchParams: Promise<Params> }) {
  const { q, problem, sent, left } = await searchParams;
  const text = "mt-4 max-w-measure text-pretty";
  if (left !== undefined) {
    return (
      <TitledPage isForOthers title="You have unsubscribed">
        <p className={text}>
          No more mail will come. Everything that was stored about the subscription is deleted.
        </p>
      </TitledPage>
    );
  }
  if (sent !== undefined) {
    return (
      <TitledPage isForOthers title="Check your inbox">
        <p className={text}>
          If this address is not subscribed yet, a mail with a link will arrive in a minute. Open it within 48
          hours to confirm. Without that, nothing else is sent.
        </p>
      </TitledPage>
    );
  }
  const search = typeof q === "string" && isSubscribable(q) ? q : "";
  const shown = isProblem(problem) ? subscribeProblems[problem] : null;
  const isOpen = maySubscribe(readRequestSender(await headers()));
  return (
    <TitledPage isForOthers title="Subscribe">
      {shown && (
        <p id="problem" role="alert" tabIndex={-1} className="mt-5 border-edge border-l-2 pl-3">
          {shown}
        </p>
      )}
      {isOpen ? (
        <>
          <p className="mt-4 wrap-anywhere">{nameOf(search, "daily")}</p>
          <SubscribeForm q={search} />
        </>
      ) : (
        <p className={text}>
          This site sends no mail to you. Its{" "}
          <a href="/feeds" className="underline decoration-edge underline-offset-4">
            feed
          </a>{" "}
          brings new papers to a feed reader.
        </p>
      )}
    </TitledPage>
  );
}

const isProblem = (name: unknown): name is keyof typeof subscribeProblems =>
  typeof name === "string" && Object.hasOwn(subscribeProblems, name);
