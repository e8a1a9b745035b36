import type { Metadata } from "next";
import { Columns } from "@/components/columns";
import { Frame } from "@/components/frame";
import { factLink, Masthead } from "@/components/masthead";
import { Message } from "@/components/message";
import { PaperList } from "@/components/paper-list";
import { ViewForm } from "@/components/view-form";
import { formatDay } from "@/lib/days";
import { share } from "@/lib/http/answer";
import { findTrending } from "@/lib/papers/trending";

export const dynamic = "force-dynamic";

export const metadata: Metadata = {
  title: "Trending",
  description: "Papers that gained the most upvotes in a week.",
};

export default async function TrendingPage() {
  share("/papers/trending");
  const trending = await findTrending();
  if (!trending || trending.papers.length === 0) {
    return (
      <Frame place="trending">
        <Message title="Nothing is trending yet">
          <p>
            Trending needs at least two days of votes. Until then, see the{" "}
            <a href="/papers?sort=upvotes">most upvoted papers</a>.
          </p>
        </Message>
      </Frame>
    );
  }
  const papers = trending.papers.map(({ paper }) => paper);
  const notes = new Map(
    trending.papers.map(({ paper, gained, since }) => {
      const time = since === null ? "in a week" : `since ${formatDay(since, "d MMM yyyy")}`;
      return [paper.id, `+${gained.toLocaleString("en")} ${time}`];
    }),
  );
  return (
    <Frame place="trending" skipTo="papers" marks={{ ids: papers.map((paper) => paper.id) }}>
      <Columns>
        <Masthead
          title="Trending"
          facts={
            <>
              Most upvotes gained in the week to {formatDay(trending.day, "d MMM yyyy")} ·{" "}
              <a href="/topics" className={factLink}>
                topics
              </a>
            </>
          }
          tools={<ViewForm />}
        />
        <div id="papers">
          <h2 className="sr-only">Papers</h2>
          <PaperList papers={papers} notes={notes} dated />
        </div>
      </Columns>
    </Frame>
  );
}
