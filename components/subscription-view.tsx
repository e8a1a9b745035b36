import { formatMoment } from "@/lib/days";
import { nameOf, type Rhythm } from "@/lib/digest/series";
import type { findDeliveries, Subscription } from "@/lib/digest/subscriptions";
import { framed } from "./add-form";
import { Deliveries } from "./deliveries";
import { textField } from "./subscribe-form";

/** Why a change was not saved, by the name that app/subscribe/[token]/save puts into the address. */
export const subscriptionProblems = {
  zone: "Expected a time zone like Europe/Berlin, got something else.",
  twice: "This address already has this search that often. Unsubscribe from one of the two.",
} as const;

const states: Record<string, string> = {
  active: "Active",
  paused: "Paused: nothing is sent until you resume",
  disabled: "Stopped, because your mail server refused several mails in a row",
};

const hours = Array.from({ length: 24 }, (_, at) => `At ${String(at).padStart(2, "0")}:00`);

type Props = {
  subscription: Subscription;
  deliveries: Awaited<ReturnType<typeof findDeliveries>>;
  problem: keyof typeof subscriptionProblems | null;
  /** What was just done. */
  said: string | null;
};

/** All that is stored about a subscription, and the forms to change it. */
export function SubscriptionView({ subscription, deliveries, problem, said }: Props) {
  const { token, address, q, rhythm, hour, zone, state, createdAt, confirmedAt } = subscription;
  const action = `/subscribe/${token}/save`;
  const stored = {
    Address: address,
    "New papers of": nameOf(q, rhythm as Rhythm /* so it was stored */),
    State: states[state] ?? state,
    Requested: formatMoment(createdAt),
    Confirmed: confirmedAt ? formatMoment(confirmedAt) : "no",
  };
  return (
    <>
      {problem && (
        <p id="problem" role="alert" tabIndex={-1} className="mt-5 border-edge border-l-2 pl-3">
          {subscriptionProblems[problem]}
        </p>
      )}
      {said && (
        <p role="status" className="mt-5 border-edge border-l-2 pl-3 wrap-anywhere">
          {said}
        </p>
      )}
      <form method="post" action={action} className="mt-5 flex flex-wrap items-end gap-x-4 gap-y-3">
        <input type="hidden" name="do" value="change" />
        <label className="grid gap-1">
          How often
          <select name="rhythm" defaultValue={rhythm} className={textField}>
            <option value="daily">Daily</option>
            <option value="weekly">Weekly</option>
          </select>
        </label>
        <label className="grid gap-1">
          When
          <select name="hour" defaultValue={hour ?? ""} className={textField}>
            <option value="">When the edition is complete</option>
            {hours.map((name, at) => (
              <option key={name} value={at}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label className="grid min-w-0 gap-1">
          Time zone
          <input name="zone" list="zones" defaultValue={zone} className={`w-full ${textField}`} />
        </label>
        <datalist id="zones">
          {Intl.supportedValuesOf("timeZone").map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        <button type="submit" className={framed}>
          Save
        </button>
      </form>
      <form method="post" action={action} className="mt-6 flex flex-wrap gap-3">
        <button type="submit" name="do" value={state === "active" ? "pause" : "resume"} className={framed}>
          {state === "active" ? "Pause" : "Resume"}
        </button>
        <button type="submit" name="do" value="leave" className={framed}>
          Unsubscribe and delete everything
        </button>
      </form>
      <h2 className="mt-8 font-semibold">What is stored about you</h2>
      <dl className="mt-1 max-w-measure">
        {Object.entries(stored).map(([name, value]) => (
          <div key={name} className="flex flex-wrap justify-between gap-x-6 border-rule border-b py-1.5">
            <dt>{name}</dt>
            <dd className="min-w-0 text-soft wrap-anywhere">{value}</dd>
          </div>
        ))}
      </dl>
      <Deliveries deliveries={deliveries} other="Request to confirm" />
    </>
  );
}
