import { load } from "cheerio/slim";
import { z } from "zod";
import type { Context, Listing } from "../listing";
import { excerptOf, reasonOf } from "../reasons";
import { toHubListing } from "./hf-items";

const propsSchema = z.looseObject({
  dailyPapers: z.array(z.unknown()),
  periodType: z.enum(["day", "week", "month"]).nullish().catch(null),
  /** `2025-12-11`, `2025-W50` or `2025-12`. */
  dateString: z.string().nullish(),
  /** Until 2025: midnight of the day. */
  date: z.string().nullish(),
});

/**
 * A listing page of the Hub as its server sends it, or as an HTML library printed it again: the data stands in the
 * `data-props` of the element whose `data-target` is DailyPapers. Throws an Error for such a page without its data.
 */
export function parseHfPage(body: string, context: Context): Listing | null {
  if (!/^\s*</.test(body) || !body.includes("DailyPapers")) return null;
  const page = load(body);
  const element = page('[data-target="DailyPapers"]').first();
  if (element.length === 0 && !page("body").hasClass("DailyPapersPage")) return null;
  const text = element.attr("data-props");
  if (text === undefined)
    throw new Error("hf-page: expected the papers in data-props of the page, got a page without them");
  const props = readProps(text);
  const trending = page("title").text().startsWith("Trending");
  return toHubListing("hf-page", props.dailyPapers, context, {
    kind: trending ? "trending" : (props.periodType ?? null),
    period: props.dateString ?? props.date?.slice(0, 10) ?? null,
  });
}

function readProps(text: string): z.output<typeof propsSchema> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Error(`hf-page: expected JSON in data-props, got "${excerptOf(text)}"`);
  }
  const props = propsSchema.safeParse(json);
  if (!props.success) throw new Error(`hf-page: ${reasonOf(props.error, json)} in data-props`);
  return props.data;
}
