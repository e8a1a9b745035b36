import type { CheerioAPI } from "cheerio/slim";
import type { Day } from "../../days";
import { cleanWords, readCount } from "../clean";
import type { Kind } from "../listing";
import { latestDay, readHubDate } from "./hub-dates";
import { isGenerated, readVotes } from "./hub-words";

/**
 * The cards of a page that has lost its data. Each becomes an item like those of the Hugging Face API, as far as
 * possible.
 */
export function readCards(page: CheerioAPI, kind: Kind | null, pageDay: Day): unknown[] {
  const cards = articlesIn(page).filter((card) => page(card).find('h3 a[href*="/papers/"]').length > 0);
  const items = cards.map((card) => readCard(page, card, kind, pageDay));
  // Trending has each card twice, for phones and for wide windows.
  return [...new Map(items.map((item, at) => [item.paper.id || at, item])).values()];
}

const articlesIn = (page: CheerioAPI) => page("article").toArray();
type Card = ReturnType<typeof articlesIn>[number];

function readCard(page: CheerioAPI, element: Card, kind: Kind | null, pageDay: Day) {
  const card = page(element);
  const link = card.find('h3 a[href*="/papers/"]').first();
  const lines = textsIn(page, element);
  const code = card.find('a[href^="https://github.com/"]').first();
  const [votes] = card
    .find("div.leading-none")
    .toArray()
    .flatMap((box) => readVotes(page(box).text()) ?? []);
  const [date] = lines.flatMap((line) => readHubDate(line.replace(/^Published on /, "")) ?? []);
  const [authorCount] = lines.flatMap((line) => /^(?:[·•] )?(\d{1,6}) authors?$/.exec(line)?.[1] ?? []);
  const comments = readCount(cleanWords(card.find('a[href$="#community"]').last().text()));
  const by = submitterOf(lines);
  const summary = cleanWords(card.find("p").first().text());
  return {
    title: cleanWords(link.text()),
    ...(comments === null ? {} : { numComments: comments }),
    ...(by ? { submittedBy: { name: by } } : {}),
    paper: {
      id: /\/papers\/([^?#]*)/.exec(link.attr("href") ?? "")?.[1] ?? "",
      ...(votes === undefined ? {} : { upvotes: votes }),
      ...(authorCount === undefined ? {} : { authorCount: Number(authorCount) }),
      ...(summary === "" ? {} : isGenerated(summary, kind) ? { ai_summary: summary } : { summary }),
      ...(date ? { publishedAt: latestDay(date, Number(pageDay.slice(0, 4)), pageDay).day } : {}),
      ...(code.length > 0 ? { githubRepo: code.attr("href"), ...starsOf(code.text()) } : {}),
    },
  };
}

/** The card's texts in order, with the dot between authors and date separated. */
function textsIn(page: CheerioAPI, element: Card): string[] {
  return page(element)
    .find("*")
    .addBack()
    .contents()
    .toArray()
    .filter((node) => node.type === "text")
    .map((node) => cleanWords(page(node).text()))
    .filter((text) => text !== "");
}

function submitterOf(lines: string[]): string | null {
  const at = lines.findIndex((line) => line.startsWith("Submitted by"));
  if (at < 0) return null;
  return lines[at]?.slice("Submitted by".length).trim() || (lines[at + 1] ?? null);
}

function starsOf(text: string): { githubStars?: number } {
  const stars = readCount(cleanWords(text).replace(/^GitHub /, ""));
  return stars === null ? {} : { githubStars: stars };
}
