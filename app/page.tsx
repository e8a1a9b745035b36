import type { Metadata } from "next";
import { cache } from "react";
import { EditionView } from "@/components/edition-view";
import { Frame } from "@/components/frame";
import { Message } from "@/components/message";
import { describeDay, feedLink } from "@/components/metadata";
import { RefreshButton } from "@/components/refresh-button";
import { share, shareUntil } from "@/lib/http/answer";
import { nextStateAt } from "@/lib/papers/day-state";
import { describeLibrary, findLatestEdition, toOrder } from "@/lib/papers/editions";
import { findStaleness } from "@/lib/papers/stale";
import { findRising } from "@/lib/papers/trending";

export const dynamic = "force-dynamic";

// Called once per request, for both the page and its title.
const find = cache(findLatestEdition);

// `?sort=` is added by the front, from the reader's settings.
type Props = { searchParams: Promise<{ sort?: string | string[] }> };

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const edition = await find(toOrder((await searchParams).sort));
  if (!edition) return { title: "Latest" };
  const { title, description } = describeDay(edition);
  return { title: { absolute: `${title} · Broadsheet` }, description, alternates: feedLink() };
}

export default async function LatestPage({ searchParams }: Props) {
  const order = toOrder((await searchParams).sort);
  share(order === "hub" ? "/" : `/?sort=${order}`);
  const edition = await find(order);
  const staleness = edition && !edition.isSample ? await findStaleness(edition.day) : null;
  if (edition) shareUntil(nextStateAt(edition.day));
  if (staleness) shareUntil(staleness.until);
  const rising = await findRising();
  shareUntil(rising.until);
  return (
    <Frame
      place="latest"
      skipTo={edition ? "papers" : "main"}
      marks={edition && edition.sections.length > 0 ? { day: edition.day } : null}
    >
      {edition ? (
        <EditionView edition={edition} rising={rising.papers} isStale={staleness?.isStale ?? false} />
      ) : (
        <NoEdition papers={(await describeLibrary()).papers} />
      )}
    </Frame>
  );
}

function NoEdition({ papers }: { papers: number }) {
  if (papers === 0) {
    return (
      <Message title="The library is empty">
        <RefreshButton name="Fetch papers" />
        <p>
          This fetches the last two weeks from Hugging Face. In a terminal, <code>npm run scrape</code>{" "}
          fetches the latest day.
        </p>
      </Message>
    );
  }
  return (
    <Message title="No edition yet">
      <p>
        Nothing imported so far belongs to a day. See{" "}
        <a href="/papers">all {papers.toLocaleString("en")} papers</a>.
      </p>
      <RefreshButton name="Fetch papers" />
    </Message>
  );
}
