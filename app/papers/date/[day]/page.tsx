import type { Metadata } from "next";
import { cache } from "react";
import { EditionView } from "@/components/edition-view";
import { Frame } from "@/components/frame";
import { describeDay, feedLink } from "@/components/metadata";
import { PageNotFound } from "@/components/not-found-views";
import { isDay } from "@/lib/days";
import { setStatus, share, shareUntil } from "@/lib/http/answer";
import { nextStateAt } from "@/lib/papers/day-state";
import { findEdition, toOrder } from "@/lib/papers/editions";
import { conditionState } from "@/lib/papers/filter";
import { findRising } from "@/lib/papers/trending";

export const dynamic = "force-dynamic";

type Props = {
  params: Promise<{ day: string }>;
  /** `tag` narrows the edition. `sort` is added by the front, from the reader's settings. */
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

// Called once per request, for both the page and its title.
const find = cache(findEdition);

async function read({ params, searchParams }: Props) {
  const [{ day }, query] = [await params, await searchParams];
  const [tag = null] = conditionState.parse({ tag: query.tag }).state.tag;
  return { day, order: toOrder(query.sort), tag };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { day, order, tag } = await read(props);
  if (!isDay(day)) return { title: "Page not found" };
  const { title, description } = describeDay(await find(day, order, tag));
  return { title: tag ? `${tag} · ${title}` : title, description, alternates: feedLink() };
}

export default async function DayPage(props: Props) {
  const { day, order, tag } = await read(props);
  if (!isDay(day)) {
    setStatus(404);
    return <PageNotFound />;
  }
  const edition = await find(day, order, tag);
  const papers = edition.sections.flatMap((section) => section.papers);
  // Days without papers are endless, so they are not cached.
  if (papers.length > 0) {
    const address = conditionState.href(`/papers/date/${day}`, tag ? { tag: [tag] } : {});
    share(order === "hub" ? address : `${address}${tag ? "&" : "?"}sort=${order}`);
  }
  shareUntil(nextStateAt(day));
  const rising = await findRising();
  shareUntil(rising.until);
  const marks = tag ? { ids: papers.map(({ id }) => id) } : { day };
  return (
    <Frame skipTo={papers.length > 0 ? "papers" : "main"} marks={papers.length > 0 ? marks : null}>
      <EditionView edition={edition} rising={rising.papers} />
    </Frame>
  );
}
