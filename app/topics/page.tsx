import type { Metadata } from "next";
import { Frame } from "@/components/frame";
import { Message } from "@/components/message";
import { RefreshButton } from "@/components/refresh-button";
import { TopicsView } from "@/components/topics-view";
import { share } from "@/lib/http/answer";
import { describeLibrary } from "@/lib/papers/editions";
import { findTrends } from "@/lib/topics/trends";

export const dynamic = "force-dynamic";

export const metadata: Metadata = {
  title: "Topics",
  description: "Papers per day, rising and falling tags, and new words of the week.",
};

export default async function TopicsPage() {
  share("/topics");
  const trends = await findTrends();
  return (
    <Frame>
      {trends ? <TopicsView trends={trends} /> : <NoDays papers={(await describeLibrary()).papers} />}
    </Frame>
  );
}

function NoDays({ papers }: { papers: number }) {
  return papers === 0 ? (
    <Message title="The library is empty">
      <RefreshButton name="Fetch papers" />
      <p>
        Or in a terminal: <code>npm run scrape</code>
      </p>
    </Message>
  ) : (
    <Message title="No topics yet">
      <p>
        None of your <a href="/papers">papers</a> has a date yet.
      </p>
    </Message>
  );
}
