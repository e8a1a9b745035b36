import type { Day } from "@/lib/days";

const framed = "rounded-md border border-edge px-3 py-1.5 font-face text-sm hover:border-ink";
const inLine = "inline-block py-1 underline decoration-edge underline-offset-3 hover:text-ink";

type Props = {
  /** What the button says. */
  name: string;
  /** The day to fetch; without one, the latest two weeks. */
  day?: Day;
  /** Whether it stands in a line of text, as a link does. */
  inText?: boolean;
};

/** Fetches from Hugging Face. The sources page then shows the progress. */
export function RefreshButton({ name, day, inText = false }: Props) {
  return (
    <form method="post" action="/refresh" className={inText ? "inline" : undefined}>
      {day && <input type="hidden" name="day" value={day} />}
      <button type="submit" className={inText ? inLine : framed}>
        {name}
      </button>
    </form>
  );
}
