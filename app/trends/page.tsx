import type { Metadata } from "next";
import { Frame } from "@/components/frame";
import { Message } from "@/components/message";
import { TrendsView } from "@/components/trends-view";
import { share } from "@/lib/http/answer";
import { describeLibrary } from "@/lib/papers/editions";
import { findTrends } from "@/lib/topics/trends";

export const dynamic = "force-dynamic";

export const metadata: Metadata = {
  title: "Trends",
  description: "Papers a day through the years, tags that rise and fall, and the week’s new words.",
};

export default async function TrendsPage() {
  share("/trends");
  const trends = await findTrends();
  return (
    <Frame>
      {trends ? <TrendsView trends={trends} /> : <NoDays papers={(await describeLibrary()).papers} />}
    </Frame>
  );
}

function NoDays({ papers }: { papers: number }) {
  return papers === 0 ? (
    <Message title="The library is empty">
      <p>
        There are no trends without papers. <code>npm run scrape</code> reads the Hub’s latest day.
      </p>
    </Message>
  ) : (
    <Message title="No trends yet">
      <p>
        None of the <a href="/papers">papers of the library</a> has a day, so it cannot be said when they
        were.
      </p>
    </Message>
  );
}
