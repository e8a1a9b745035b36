import type { Metadata } from "next";
import { cache } from "react";
import { EditionView } from "@/components/edition-view";
import { Frame } from "@/components/frame";
import { describeDay, feedLink } from "@/components/metadata";
import { PageNotFound } from "@/components/not-found-views";
import { isDay } from "@/lib/days";
import { setStatus, share } from "@/lib/http/answer";
import { findEdition, toOrder } from "@/lib/papers/editions";

export const dynamic = "force-dynamic";

type Props = {
  params: Promise<{ day: string }>;
  /** Added by the front, from the reader's settings. */
  searchParams: Promise<{ sort?: string | string[] }>;
};

// Called once per request, for both the page and its title.
const find = cache(findEdition);

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { day } = await params;
  if (!isDay(day)) return { title: "Page not found" };
  return { ...describeDay(await find(day, toOrder((await searchParams).sort))), alternates: feedLink() };
}

export default async function DayPage({ params, searchParams }: Props) {
  const { day } = await params;
  if (!isDay(day)) {
    setStatus(404);
    return <PageNotFound />;
  }
  const order = toOrder((await searchParams).sort);
  const edition = await find(day, order);
  const hasPapers = edition.sections.length > 0;
  // Days without papers are endless, so they are not cached.
  if (hasPapers) share(`/papers/date/${day}${order === "hub" ? "" : `?sort=${order}`}`);
  return (
    <Frame skipTo={hasPapers ? "papers" : "main"} marks={hasPapers ? { day } : null}>
      <EditionView edition={edition} />
    </Frame>
  );
}
