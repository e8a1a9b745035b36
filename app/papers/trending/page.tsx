import type { Metadata } from "next";
import { Columns } from "@/components/columns";
import { Frame } from "@/components/frame";
import { factLink, Masthead } from "@/components/masthead";
import { Message } from "@/components/message";
import { PaperList } from "@/components/paper-list";
import { RefreshButton } from "@/components/refresh-button";
import { ViewForm } from "@/components/view-form";
import { formatDay } from "@/lib/days";
import { share, shareUntil } from "@/lib/http/answer";
import { areVotesOld, findLastVotesDay, findTrending, votesOldFrom } from "@/lib/papers/trending";

export const dynamic = "force-dynamic";

export const metadata: Metadata = {
  title: "Trending",
  description: "Papers that gained the most upvotes in a week.",
};

const inText = (day: string) => formatDay(day, "d MMM yyyy");

export default async function TrendingPage() {
  share("/papers/trending");
  const trending = await findTrending();
  const updated = await findLastVotesDay();
  if (!trending || !updated) {
    return (
      <Frame place="trending">
        <Message title="Nothing is trending yet">
          <p>
            {updated && `Votes were last updated on ${inText(updated)}. `}
            Trending needs the upvotes of a paper on two days of one week. Until then, see the{" "}
            <a href="/papers?sort=upvotes">most upvoted papers</a>.
          </p>
          <RefreshButton name="Refresh" />
        </Message>
      </Frame>
    );
  }
  const areOld = areVotesOld(trending.day, new Date());
  if (!areOld) shareUntil(votesOldFrom(trending.day));
  const papers = trending.papers.map(({ paper }) => paper);
  const notes = new Map(
    trending.papers.map(({ paper, gained, since }) => [
      paper.id,
      `+${gained.toLocaleString("en")} since ${formatDay(since, "d MMM")}`,
    ]),
  );
  return (
    <Frame place="trending" skipTo="papers" marks={{ ids: papers.map((paper) => paper.id) }}>
      <Columns>
        <Masthead
          title="Trending"
          facts={
            <>
              Most upvotes gained in the week to {inText(trending.day)} ·{" "}
              <a href="/topics" className={factLink}>
                topics
              </a>
            </>
          }
          tools={<ViewForm />}
        />
        {areOld && (
          <div role="note" className="mt-3 border-edge border-l-2 pl-3 text-soft print:hidden">
            Votes were last updated on {inText(updated)}. This is the last week that can be ranked.{" "}
            <RefreshButton name="Refresh" inText />
          </div>
        )}
        <div id="papers" data-mutes>
          <h2 className="sr-only">Papers</h2>
          <PaperList papers={papers} notes={notes} dated />
        </div>
      </Columns>
    </Frame>
  );
}
