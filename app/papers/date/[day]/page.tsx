import type { Metadata } from "next";
import { cache } from "react";
import { EditionView } from "@/components/edition-view";
import { Frame } from "@/components/frame";
import { describeDay, feedLink } from "@/components/metadata";
import { PageNotHere } from "@/components/not-here";
import { isDay } from "@/lib/days";
import { setStatus, share } from "@/lib/http/answer";
import { findEdition } from "@/lib/papers/editions";

export const dynamic = "force-dynamic";

type Props = { params: Promise<{ day: string }> };

// Once a request, for the page and its title.
const find = cache(findEdition);

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { day } = await params;
  if (!isDay(day)) return { title: "No such day" };
  return { ...describeDay(await find(day)), alternates: feedLink() };
}

export default async function DayPage({ params }: Props) {
  const { day } = await params;
  if (!isDay(day)) {
    setStatus(404);
    return <PageNotHere />;
  }
  const edition = await find(day);
  // Days without papers are more than a cache should hold.
  if (edition.sections.length > 0) share(`/papers/date/${day}`);
  return (
    <Frame skipTo={edition.sections.length > 0 ? "papers" : "main"}>
      <EditionView edition={edition} />
    </Frame>
  );
}
