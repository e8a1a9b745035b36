import { type Day, formatDay, toEpochDay } from "@/lib/days";
import type { PaperPage } from "@/lib/papers/find";

const [width, height, margin] = [200, 40, 4];

/**
 * A paper's upvotes on the days when an import found that they had changed: points in time, with the first and the last
 * date. Between two points nothing is known, so nothing but a faint line is drawn. Nothing for a single point.
 */
export function VotesPoints({ votes }: { votes: PaperPage["votes"] }) {
  const [first, last] = [votes[0], votes.at(-1)];
  if (!first || !last || votes.length < 2) return null;
  const days = toEpochDay(last.day) - toEpochDay(first.day);
  const max = Math.max(...votes.map(({ upvotes }) => upvotes), 1);
  const toX = (day: Day) =>
    ((toEpochDay(day) - toEpochDay(first.day)) / days) * (width - 2 * margin) + margin;
  const toY = (upvotes: number) => height - margin - (upvotes / max) * (height - 2 * margin);
  const points = votes.map(({ day, upvotes }) => ({
    x: toX(day).toFixed(1),
    y: toY(upvotes).toFixed(1),
    words: `${upvotes.toLocaleString("en")} on ${inFull(day)}`,
  }));
  return (
    <figure className="mt-1 w-50 max-w-full">
      <svg
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={`Upvotes: ${points.map(({ words }) => words).join(", ")}`}
        className="block w-full text-rule"
      >
        <path d={`M0 ${height - 0.5}H${width}`} stroke="currentColor" />
        <path d={`M${points.map(({ x, y }) => `${x} ${y}`).join("L")}`} fill="none" stroke="currentColor" />
        {points.map(({ x, y, words }) => (
          <circle key={words} cx={x} cy={y} r="2.5" className="fill-ink">
            <title>{words}</title>
          </circle>
        ))}
      </svg>
      <figcaption aria-hidden="true" className="flex justify-between text-faint text-xs tabular-nums">
        <span>{inFull(first.day)}</span>
        <span>{inFull(last.day)}</span>
      </figcaption>
    </figure>
  );
}

const inFull = (day: Day) => formatDay(day, "d MMM yyyy");
