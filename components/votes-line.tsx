import { formatDay, toEpochDay } from "@/lib/days";
import type { PaperPage } from "@/lib/papers/find";

const [width, height] = [120, 28];

/** How the upvotes grew, as a small line from 0; nothing of one day alone. In words it is where it began and where it is. */
export function VotesLine({ votes }: { votes: PaperPage["votes"] }) {
  const [first, last] = [votes[0], votes.at(-1)];
  if (!first || !last || votes.length < 2) return null;
  const days = toEpochDay(last.day) - toEpochDay(first.day);
  const most = Math.max(...votes.map(({ upvotes }) => upvotes), 1);
  const points = votes.map(({ day, upvotes }) => {
    const x = ((toEpochDay(day) - toEpochDay(first.day)) / days) * (width - 4) + 2;
    const y = height - 2 - (upvotes / most) * (height - 4);
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
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
      <polyline points={points.join(" ")} fill="none" className="stroke-ink" strokeWidth="1.5" />
      <circle
        cx={points.at(-1)?.split(",")[0]}
        cy={points.at(-1)?.split(",")[1]}
        r="2"
        className="fill-accent"
      />
    </svg>
  );
}
