import { formatDay } from "@/lib/days";
import type { Edition } from "@/lib/papers/editions";
import { conditionState } from "@/lib/papers/filter";
import type { Rising } from "@/lib/papers/trending";
import { paperPath } from "@/lib/words/paper-path";
import { Calendar } from "./calendar";
import { SidePart, SideRow } from "./columns";
import { TexText } from "./tex-text";

/** The second column of an edition: the month, the day's topics, and what rose. The same for every reader. */
export function EditionSide({ edition: { day, monthDays, topics, tag }, rising }: Props) {
  const month = day.slice(0, 7);
  return (
    <>
      <SidePart
        title={
          <a href={`/papers/month/${month}`} className="inline-block py-0.5">
            {formatDay(day, "MMMM yyyy")}
          </a>
        }
      >
        <Calendar days={monthDays} current={day} />
      </SidePart>
      {topics.length > 0 && (
        <SidePart title="Topics">
          <ul>
            {topics.map(({ name, papers }) => (
              <SideRow
                key={name}
                href={
                  name === tag
                    ? `/papers/date/${day}`
                    : conditionState.href(`/papers/date/${day}`, { tag: [name] })
                }
                count={papers.toLocaleString("en")}
                current={name === tag}
              >
                {name}
              </SideRow>
            ))}
          </ul>
        </SidePart>
      )}
      {rising.length > 0 && (
        <SidePart title={<a href="/papers/trending">Rising this week</a>}>
          <ol className="grid gap-1">
            {rising.map(({ id, title, gained }) => (
              <li key={id}>
                <a href={paperPath(id)} className="flex justify-between gap-3 py-0.5 hover:underline">
                  <span className="line-clamp-3 font-display text-sm wrap-anywhere">
                    <TexText text={title} named />
                  </span>
                  <span className="text-fact text-faint tabular-nums">+{gained.toLocaleString("en")}</span>
                </a>
              </li>
            ))}
          </ol>
        </SidePart>
      )}
    </>
  );
}

type Props = { edition: Edition; rising: Rising[] };
