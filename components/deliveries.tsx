import { formatDay, formatMoment } from "@/lib/days";

type Delivery = {
  id: number;
  state: string;
  attempts: number;
  createdAt: Date;
  endedAt: Date | null;
  answer: string | null;
  issue: { day: string } | null;
};

const states: Record<string, string> = {
  queued: "Waiting",
  sending: "Being sent",
  sent: "Sent",
  failed: "Not sent",
};

/** What was sent lately, with the server's answers. `other` names what is not a digest. */
export function Deliveries({ deliveries, other }: { deliveries: Delivery[]; other: string }) {
  if (deliveries.length === 0) return null;
  return (
    <>
      <h3 className="mt-5 font-semibold">Latest deliveries</h3>
      <ul className="mt-1 max-w-measure">
        {deliveries.map(({ id, state, attempts, createdAt, endedAt, answer, issue }) => (
          <li key={id} className="border-rule border-b py-1.5 wrap-anywhere">
            {issue ? formatDay(issue.day, "d MMM yyyy") : other} · {states[state] ?? state}{" "}
            <span className="text-soft">
              {formatMoment(endedAt ?? createdAt)}
              {attempts > 1 && `, after ${attempts} attempts`}
            </span>
            {answer && <span className="block text-faint text-xs">{answer}</span>}
          </li>
        ))}
      </ul>
    </>
  );
}
