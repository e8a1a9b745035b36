import { showsSubscribing } from "@/lib/digest/sender";
import { isSubscribable } from "@/lib/digest/subscribable";
import { SubscribeForm } from "./subscribe-form";

/** At the foot of a list: subscribes to it by mail. Nothing where there is no mail. */
export function SubscribeBox({ q }: { q: string }) {
  if (!showsSubscribing() || !isSubscribable(q)) return null;
  return (
    <section aria-labelledby="by-mail" className="mt-10 border-rule border-t pt-4 print:hidden">
      <h2 id="by-mail" className="font-semibold">
        {q === "" ? "Get new papers by email" : "Get new papers of this search by email"}
      </h2>
      <SubscribeForm q={q} />
    </section>
  );
}
