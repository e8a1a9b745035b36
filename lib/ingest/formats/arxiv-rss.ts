import type { CheerioAPI } from "cheerio/slim";
import { arxivIdAt } from "../../arxiv-id";
import type { Context, Listing } from "../listing";
import { type Read, readLongDate, splitNames, toArxivListing } from "./arxiv-entries";
import { cutFeed, textOf } from "./arxiv-xml";

/** RSS of arXiv's announcements, or of a tool that sifted them: the list of the day of its `pubDate`. */
export function parseArxivRss(body: string, context: Context): Listing | null {
  if (!/^\s*<[?!r]/.test(body) || !body.slice(0, 4000).includes("<rss") || !/arxiv\.org/i.test(body))
    return null;
  const feed = cutFeed(body, "item", "rss");
  const channel = feed.head("channel");
  const date = [channel.children("pubDate"), channel.children("lastBuildDate")]
    .map((element) => readLongDate(element.first().text()))
    .find((day) => day !== null);
  const read = feed.entries.map((one) => ("xml" in one ? readItem(one.xml) : one));
  return toArxivListing("arxiv-rss", read, context, { kind: "day", day: date ?? null });
}

function readItem(xml: CheerioAPI): Read {
  const [guid, link] = [textOf(xml, "guid"), textOf(xml, "link")];
  return {
    source: {
      id: guid !== null && arxivIdAt(guid) !== null ? guid : (link ?? guid ?? undefined),
      title: textOf(xml, "title") ?? undefined,
      summary: textOf(xml, "description"),
      authors: splitNames(textOf(xml, "dc:creator", "author") ?? ""),
      categories: xml("item > category")
        .toArray()
        .map((element) => xml(element).text()),
      announced: textOf(xml, "arxiv:announce_type"),
    },
  };
}
