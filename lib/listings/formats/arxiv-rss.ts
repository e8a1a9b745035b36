import type { CheerioAPI } from "cheerio/slim";
import { arxivIdAt } from "../../arxiv-id";
import { type Day, isDay, moveDay } from "../../days";
import { withoutTags } from "../clean";
import type { Context, Listing } from "../listing";
import { type ParsedEntry, readLongDate, splitNames, toAnnouncement } from "./arxiv-entries";
import { cutFeed, rootOf, textOf, textsOf } from "./arxiv-xml";

/**
 * RSS of arXiv's announcements (2.0, or 1.0 in RDF before 2024), or of a tool that filtered them: the list of its day.
 */
export function parseArxivRss(body: string, context: Context): Listing | null {
  if (!/^\s*</.test(body) || !/arxiv\.org/i.test(body)) return null;
  if (!["rss", "RDF"].includes(rootOf(body)?.local ?? "")) return null;
  const feed = cutFeed(body, "item");
  const channel = feed.head("channel");
  const date = ["pubDate", "lastBuildDate", "dc\\:date"]
    .map((name) => readAnnouncementDay(channel.children(name).first().text()))
    .find((day) => day !== null);
  const read = feed.entries.map((one) => ("xml" in one ? readItem(one.xml) : one));
  return toAnnouncement("arxiv-rss", read, context, date ?? null);
}

function readItem(xml: CheerioAPI): ParsedEntry {
  const [guid, link] = [textOf(xml, "guid"), textOf(xml, "link")];
  const names = textsOf(xml, "dc:creator");
  return {
    source: {
      id: guid !== null && arxivIdAt(guid) !== null ? guid : (link ?? guid ?? undefined),
      title: textOf(xml, "title") ?? undefined,
      summary: textOf(xml, "description"),
      authors: (names.length > 0 ? names : textsOf(xml, "author")).map(withoutTags).flatMap(splitNames),
      categories: textsOf(xml, "category"),
      announced: textOf(xml, "arxiv:announce_type"),
      listedOn: readAnnouncementDay(textOf(xml, "pubDate", "dc:date") ?? ""),
    },
  };
}

/**
 * The day of a feed's date. arXiv announces at 20:00 in New York, and its pages list the papers under the next day.
 * Since 2024 feeds are dated midnight of that day; older ones have the evening before, so the next day is meant.
 */
function readAnnouncementDay(date: string): Day | null {
  const iso = date.trim().slice(0, 10);
  const day = readLongDate(date) ?? (isDay(iso) ? iso : null);
  const evening = /[T ]2[0-3]:\d\d:\d\d(?:\.\d+)? ?(?:-0[45]:?00|E[SD]T)$/.test(date.trim());
  return day !== null && evening ? moveDay(day, 1) : day;
}
