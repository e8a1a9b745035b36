type Props = {
  values: number[];
  /** Values drawn on top of these, paler. */
  over?: number[];
  /** The value of a bar that fills the full height. */
  max: number;
  /** The number of slots. Slots after the last bar stay empty. */
  slots?: number;
  /** Whether the last bar is today's. */
  endsToday?: boolean;
  /** A value to compare with, drawn as a dashed line. */
  line?: number;
};

// A minimum height, so that one paper is still visible beside thousands.
const minHeight = 3;

/** A bar chart that fills its container and uses its color. The values must also be given in words nearby. */
export function Bars({ values, over = [], max, slots = values.length, endsToday = true, line }: Props) {
  const heightOf = (value: number) => Math.max(minHeight, Math.round((value / max) * 100));
  const draw = (value: number, at: number) =>
    value > 0 ? `M${at * 10 + 1} 100v-${heightOf(value)}h8v${heightOf(value)}z` : "";
  const drawOver = (value: number, at: number) => {
    const below = values[at] ?? 0;
    return value > 0
      ? `M${at * 10 + 1} ${100 - (below > 0 ? heightOf(below) : 0)}v-${heightOf(value)}h8v${heightOf(value)}z`
      : "";
  };
  const last = endsToday ? values.length - 1 : values.length;
  return (
    <svg
      viewBox={`0 0 ${slots * 10} 100`}
      preserveAspectRatio="none"
      aria-hidden="true"
      className="block size-full"
      fill="currentColor"
    >
      <path d={values.slice(0, last).map(draw).join("")} />
      {endsToday && (
        <path d={draw(values[last] ?? 0, last)} className="text-ink forced-colors:text-[Highlight]" />
      )}
      {over.length > 0 && <path d={over.map(drawOver).join("")} fillOpacity={0.4} />}
      {line !== undefined && (
        <path
          d={`M0 ${100 - Math.round((line / max) * 100)}h${slots * 10}`}
          stroke="currentColor"
          strokeDasharray="2 3"
          vectorEffect="non-scaling-stroke"
          className="text-ink forced-colors:text-[CanvasText]"
        />
      )}
    </svg>
  );
}
