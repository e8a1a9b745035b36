import type { CheerioAPI } from "cheerio/slim";
import type { Day } from "../../days";
import type { Context, Listing } from "../listing";
import { excerptOf } from "../reasons";
import { type ParsedEntry, readLongDate, toArxivListing } from "./arxiv-entries";
import { openPage } from "./open-markup";

/**
 * A page of arXiv: a category's announcements (`/list/CAT/new`, the list of its day, or `recent` and `pastweek`, where
 * each entry has a day), or the results of a search. null for any other page.
 */
export function parseArxivHtml(body: string, context: Context): Listing | null {
  if (!/^\s*</.test(body) || !/arxiv/i.test(body)) return null;
  if (!/arxiv-result|list-title|Search \| arXiv|new listings for/.test(body)) return null;
  const page = openPage(body, "arxiv-html");
  const found = page("li.arxiv-result").toArray();
  const isSearch = found.length > 0 || page("title").first().text().startsWith("Search | arXiv");
  const { read, days } = isSearch ? { read: readResults(page), days: [] } : readList(page);
  const isList = read.length > 0 || /No updates|new listings for/.test(page("h3, p").text());
  if (!isSearch && !isList) return null;
  const broken = /<html/i.test(body) && !/<\/html>/i.test(body);
  // If the page is cut off, its last entry may be incomplete.
  if (broken && read.length > 0)
    read[read.length - 1] = {
      entry: read.length,
      reason: "expected </html>, got a page that breaks off in this entry or after it",
      excerpt: excerptOf(body.slice(-200)),
    };
  const [day, ...others] = new Set(days);
  const isDay = !isSearch && day !== undefined && others.length === 0;
  const kind = isDay || (!isSearch && days.length === 0) ? "day" : "search";
  return toArxivListing("arxiv-html", read, context, { kind, day: isDay ? day : null });
}

const elementsOf = (page: CheerioAPI, selector: string) => page(selector).toArray();
type Element = ReturnType<typeof elementsOf>[number];

/** The words of an element. Line breaks and indentation in HTML have no meaning. */
function wordsOf(page: CheerioAPI, element: Element, selector: string): string | null {
  const found = page(element).find(selector).first().clone();
  found.find(".descriptor, a.is-size-7").remove();
  return found.length === 0 ? null : found.text().replace(/\s+/g, " ").trim();
}

function namesIn(page: CheerioAPI, element: Element, selector: string): string[] {
  return page(element)
    .find(selector)
    .toArray()
    .map((name) => page(name).text().replace(/\s+/g, " "));
}

function readList(page: CheerioAPI): { read: ParsedEntry[]; days: Day[] } {
  const read: ParsedEntry[] = [];
  const days: Day[] = [];
  let day: Day | null = null;
  let id: string | undefined;
  for (const element of elementsOf(page, "h3, dt, dd")) {
    const name = page(element).prop("tagName")?.toLowerCase();
    if (name === "h3") {
      day = readLongDate(page(element).text()) ?? day;
      if (day && !days.includes(day)) days.push(day);
    } else if (name === "dt") id = page(element).find('a[href*="/abs/"]').first().attr("href");
    else if (page(element).find(".list-title").length > 0) {
      const subjects = wordsOf(page, element, ".list-subjects") ?? "";
      read.push({
        source: {
          id,
          title: wordsOf(page, element, ".list-title") ?? undefined,
          summary: wordsOf(page, element, "p.mathjax"),
          authors: namesIn(page, element, ".list-authors a"),
          categories: [...subjects.matchAll(/\(([\w.-]{2,30})\)/g)].map(([, name = ""]) => name),
          comment: wordsOf(page, element, ".list-comments"),
          listedOn: day,
        },
      });
      id = undefined;
    }
  }
  return { read, days };
}

function readResults(page: CheerioAPI): ParsedEntry[] {
  return elementsOf(page, "li.arxiv-result").map((element) => {
    const dates = page(element).children("p").text().replace(/\s+/g, " ");
    const [, first] = /\bv1 submitted (\d{1,2} [A-Z][a-z]+, \d{4})/.exec(dates) ?? [];
    const [, latest] = /\bSubmitted (\d{1,2} [A-Z][a-z]+, \d{4})/.exec(dates) ?? [];
    return {
      source: {
        id: page(element).find('.list-title a[href*="/abs/"]').first().attr("href"),
        title: wordsOf(page, element, "p.title") ?? undefined,
        summary:
          wordsOf(page, element, ".abstract-full") ??
          wordsOf(page, element, ".abstract")?.replace(/^Abstract: /, "") ??
          null,
        authors: namesIn(page, element, "p.authors a"),
        categories: namesIn(page, element, ".tags .tag").map((name) => name.trim()),
        published: readLongDate(first ?? latest ?? ""),
        comment: wordsOf(page, element, "p.comments")?.replace(/^Comments: /, "") ?? null,
      },
    };
  });
}
