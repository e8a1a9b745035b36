import type { Metadata } from "next";
import { Columns } from "@/components/columns";
import { Frame } from "@/components/frame";
import { MarkAll } from "@/components/mark-all";
import { Masthead } from "@/components/masthead";
import { Message } from "@/components/message";
import { PaperList } from "@/components/paper-list";
import { ViewForm } from "@/components/view-form";
import { formatDay } from "@/lib/days";
import { findUnseen } from "@/lib/readers/catch-up";
import { currentReader } from "@/lib/readers/current-reader";
import { formatUnseen } from "@/lib/words/paper-counts";

export const dynamic = "force-dynamic";

export const metadata: Metadata = {
  title: "Catch up",
  description: "New papers, day by day.",
};

const dayHeading = (day: string) => formatDay(day, "EEEE, d MMMM");
const inText = (day: string) => formatDay(day, "d MMM yyyy");

export default async function CatchUpPage() {
  const { since, ids, days } = await findUnseen(currentReader());
  const total = ids.length;
  if (total === 0) {
    return (
      <Frame own place="catchUp">
        <Message title={since === null ? "Nothing to catch up on" : "You’re all caught up"}>
          {since === null ? (
            <p>
              No edition has been imported yet. See <a href="/papers">all papers</a>.
            </p>
          ) : (
            <p>
              You have seen everything since {inText(since)}. New papers will appear here. Until then, see
              your <a href="/library">library</a> or the <a href="/">latest edition</a>.
            </p>
          )}
        </Message>
      </Frame>
    );
  }
  const papers = days.flatMap((day) => day.papers);
  const rest = total - papers.length;
  return (
    <Frame own place="catchUp" skipTo="papers" marks={{ ids: papers.map((paper) => paper.id) }}>
      <Columns>
        <Masthead
          title="Catch up"
          facts={
            <>
              {/* Updated by the island (components/browser/counts.ts). */}
              <span data-queue={total}>{formatUnseen(total)}</span>
              {since !== null && ` since ${inText(since)}`}
            </>
          }
          tools={<ViewForm />}
        />
        <div id="papers" data-of={total} data-mutes>
          {days.map(({ day, papers: of }) => (
            <section key={day} aria-labelledby={`day-${day}`}>
              <h2
                id={`day-${day}`}
                className="mt-6 border-rule border-b pb-1.5 font-semibold text-xs first:mt-3"
              >
                <a href={`/papers/date/${day}`}>{dayHeading(day)}</a>
              </h2>
              <PaperList papers={of} />
            </section>
          ))}
        </div>
        <footer className="mt-6 print:hidden">
          <p className="font-text text-lg">
            {rest > 0 ? (
              <>
                {rest.toLocaleString("en")} more to come.{" "}
                <a rel="next" href="/catch-up" className="underline decoration-edge underline-offset-4">
                  Continue
                </a>
              </>
            ) : (
              "You’re all caught up."
            )}
          </p>
          <div className="mt-4">
            <MarkAll ids={ids} unshown={rest > 0} reload />
          </div>
        </footer>
      </Columns>
    </Frame>
  );
}
