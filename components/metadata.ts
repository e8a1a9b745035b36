import type { Metadata } from "next";
import { formatDay } from "@/lib/days";
import type { Edition } from "@/lib/papers/editions";
import { type Asked, filterState, listPath } from "@/lib/papers/filter";
import { formatPapers } from "@/lib/words/paper-counts";

/** Lets a feed reader find the feed of what the page shows. */
export function feedLink(filter: Asked = {}): Metadata["alternates"] {
  const url = listPath({ ...filter, page: 1, limit: filterState.defaults.limit }, "/feeds/atom.xml");
  return {
    types: { "application/atom+xml": [{ url, title: filter.q ? `Results for ${filter.q}` : "Papers" }] },
  };
}

/** Title and description of an edition's page: the date, and the first titles. */
export function describeDay({ day, sections }: Edition): { title: string; description: string } {
  const papers = sections.flatMap((section) => section.papers);
  const first = papers.slice(0, 3).map((paper) => paper.title);
  const count = formatPapers(papers.length);
  return {
    title: formatDay(day),
    description:
      papers.length === 0 ? "No papers on this day." : `${count}: ${first.join(" · ")}`.slice(0, 200),
  };
}
