import type { Metadata } from "next";
import { cache } from "react";
import { Frame } from "@/components/frame";
import { feedLink } from "@/components/metadata";
import { PageNotFound } from "@/components/not-found-views";
import { namePeriod, PeriodView, periodPath } from "@/components/period-view";
import { isWeek } from "@/lib/days";
import { setStatus, share } from "@/lib/http/answer";
import { filterState } from "@/lib/papers/filter";
import { findPeriod } from "@/lib/papers/periods";

export const dynamic = "force-dynamic";

type Props = {
  params: Promise<{ week: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

// Called once per request, for both the page and its title.
const find = cache(findPeriod);

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { week } = await params;
  if (!isWeek(week)) return { title: "Page not found" };
  const title = namePeriod(await find(week, filterState.parse(await searchParams).state.page));
  return {
    title,
    description: `Papers of ${title}, most upvotes first.`,
    alternates: feedLink({ week }),
  };
}

export default async function WeekPage({ params, searchParams }: Props) {
  const { week } = await params;
  if (!isWeek(week)) {
    setStatus(404);
    return <PageNotFound />;
  }
  const { page } = filterState.parse(await searchParams).state;
  const period = await find(week, page);
  const { papers } = period.results;
  // Weeks without papers are endless, so they are not cached.
  if (papers.length > 0) share(filterState.href(periodPath("week", week), { page }));
  return (
    <Frame skipTo="papers" marks={{ ids: papers.map((paper) => paper.id) }}>
      <PeriodView period={period} />
    </Frame>
  );
}
