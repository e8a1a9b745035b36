import type { CheerioAPI } from "cheerio/slim";
import { z } from "zod";
import { type Day, isDay } from "../../days";
import { readJson } from "../json";
import type { Context, Kind, Listing } from "../listing";
import { dayFromContext, requestIn } from "../place-in-time";
import { excerptOf, reasonOf } from "../reasons";
import { readCards } from "./hf-cards";
import { toHubListing } from "./hf-items";
import { BrokenItem, fieldBeside, salvageItems } from "./hf-salvage";
import { isMarkup, openPage } from "./open-markup";

const periodSchema = z.object({
  periodType: z.enum(["day", "week", "month"]).nullish().catch(null),
  /** `2025-12-11`, `2025-W50` or `2025-12`. */
  dateString: z.string().nullish().catch(null),
  /** Until 2025: midnight of the day. */
  date: z.string().nullish().catch(null),
});
const listSchema = periodSchema.extend({ dailyPapers: z.array(z.unknown()) });

const paperSchema = z.looseObject({
  paper: z.unknown(),
  comments: z.array(z.unknown()).nullish().catch(null),
});

/**
 * A listing page of Hugging Face, or its page of one paper, from the server or saved by an HTML library. The data is in
 * an element's `data-props`. If that is damaged, its complete entries are used; if a listing has lost it, its cards.
 * Throws an Error for such a page without either.
 */
export function parseHfPage(body: string, context: Context): Listing | null {
  if (!isMarkup(body) || !/DailyPapers|PaperContent/.test(body)) return null;
  const page = openPage(closeData(body), "hf-page");
  const paper = page('[data-target="PaperContent"]').first().attr("data-props");
  if (paper !== undefined) return toPaperListing(readProps(paperSchema, paper), context);
  const element = page('[data-target="DailyPapers"]').first();
  if (element.length === 0 && !page("body").hasClass("DailyPapersPage")) return null;

  const kind = detectKind(page);
  const text = element.attr("data-props");
  const day = page("time[datetime]").first().attr("datetime")?.slice(0, 10) ?? "";
  const shownDay = kind === null && isDay(day) ? day : null;
  let props: z.output<typeof listSchema>;
  try {
    if (text === undefined)
      throw new Error("hf-page: expected the papers in data-props of the page, got a page without them");
    props = readProps(listSchema, text);
  } catch (error) {
    const items = text === undefined ? [] : salvageItems(text);
    if (text !== undefined && items.some((item) => !(item instanceof BrokenItem))) {
      const { data } = periodSchema.safeParse({
        periodType: fieldBeside(text, "periodType"),
        dateString: fieldBeside(text, "dateString"),
        date: fieldBeside(text, "date"),
      });
      return toHubListing("hf-page", items, context, periodOf(kind, shownDay, data ?? {}));
    }
    const cards = readCards(page, context.kind ?? kind, pageDayOf(context, shownDay));
    if (cards.length === 0) throw error;
    const rest = body.slice(body.lastIndexOf("<article"));
    if (!rest.includes("</article>")) cards.splice(-1, 1, rest); // if the page is cut off, its last card is incomplete
    if (text !== undefined && items.length > 0) cards.push(new BrokenItem(text)); // cards say less than the data
    return toHubListing("hf-page", cards, context, { kind: kind, period: shownDay });
  }
  return toHubListing("hf-page", props.dailyPapers, context, periodOf(kind, shownDay, props));
}

function periodOf(
  kind: Kind | null,
  shown: Day | null,
  { periodType, dateString, date }: z.output<typeof periodSchema>,
) {
  return { kind: kind ?? periodType ?? null, period: dateString ?? date?.slice(0, 10) ?? shown };
}

/** For a page cut off inside its data, because parsers drop an unfinished element. */
function closeData(body: string): string {
  const at = body.lastIndexOf("data-props=") + "data-props=".length;
  const quote = body[at] ?? "";
  const breaksOff = /["']/.test(quote) && !body.includes(quote, at + 1);
  return breaksOff ? `${body}${quote}>` : body;
}

/** The page of one paper is filed as a search: the paper may have a day, but the page has none. */
function toPaperListing(props: z.output<typeof paperSchema>, context: Context): Listing {
  const { paper, comments } = props; // its submitterOrganization belongs to the submitter, not the paper
  const item = { paper, ...(comments ? { numComments: comments.length } : {}) };
  return toHubListing("hf-page", [item], context, { kind: "search", period: null });
}

/** Trending is recognized by its title, a search by its canonical address or its search field. */
function detectKind(page: CheerioAPI): Kind | null {
  if (page("title").first().text().trim().startsWith("Trending")) return "trending";
  const own = page('link[rel="canonical"]').attr("href") ?? page('meta[property="og:url"]').attr("content");
  const kind = requestIn(own ?? null)?.kind;
  if (kind === "trending" || kind === "search") return kind;
  return page('input[name="q"]').first().attr("value") ? "search" : null;
}

function pageDayOf(context: Context, shown: Day | null): Day {
  return context.pageDate ?? shown ?? dayFromContext(context) ?? context.today;
}

function readProps<Props>(schema: z.ZodType<Props>, text: string): Props {
  let json: unknown;
  try {
    json = readJson(text);
  } catch {
    throw new Error(`hf-page: expected JSON in data-props, got "${excerptOf(text)}"`);
  }
  const props = schema.safeParse(json);
  if (!props.success) throw new Error(`hf-page: ${reasonOf(props.error, json)} in data-props`);
  return props.data;
}
