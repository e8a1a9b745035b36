import { type Day, formatDay, toEpochDay } from "@/lib/days";
import type { PaperPage } from "@/lib/papers/find";

const [width, height] = [120, 28];

type Props = { votes: PaperPage["votes"]; until: PaperPage["votesOf"] };

/**
 * How a paper's upvotes grew until the last import, as a small line that starts at 0. Nothing if they never changed.
 * Upvotes are known for the days they changed, so the line has steps. Screen readers get the first and last value.
 */
export function VotesLine({ votes, until }: Props) {
  const [first, last] = [votes[0], votes.at(-1)];
  if (!first || !last || votes.length < 2) return null;
  const end = until !== null && until > last.day ? until : last.day;
  const days = toEpochDay(end) - toEpochDay(first.day);
  const max = Math.max(...votes.map(({ upvotes }) => upvotes), 1);
  const toX = (day: Day) => (((toEpochDay(day) - toEpochDay(first.day)) / days) * (width - 4) + 2).toFixed(1);
  const toY = (upvotes: number) => (height - 2 - (upvotes / max) * (height - 4)).toFixed(1);
  const steps = votes.map(({ day, upvotes }) => `H${toX(day)}V${toY(upvotes)}`).join("");
  const words = `From ${first.upvotes} on ${formatDay(first.day, "d MMM yyyy")} to ${last.upvotes} on ${formatDay(last.day, "d MMM yyyy")}`;
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role="img"
      aria-label={words}
      className="mt-1 block text-edge"
    >
      <title>{words}</title>
      <path d={`M0 ${height - 0.5}H${width}`} stroke="currentColor" strokeWidth="0.5" />
      <path
        d={`M2 ${toY(first.upvotes)}${steps}H${toX(end)}`}
        fill="none"
        className="stroke-ink"
        strokeWidth="1.5"
      />
      <circle cx={toX(end)} cy={toY(last.upvotes)} r="2" className="fill-ink" />
    </svg>
  );
}
