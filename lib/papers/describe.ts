import { type Filter, orderOf } from "./filter";
import { readText } from "./query";

/** One condition of a filter in words, and the filter without it. */
export type Condition = { label: string; without: Filter };

/** Everything a filter asks for except order and page. */
export function toConditions(filter: Filter): Condition[] {
  return readText(filter.q).parts.map(({ said, without }) => ({
    label: said,
    without: { ...filter, q: without, page: 1 },
  }));
}

/** The filter in a few words: `all papers`, or `weight sharing, tagged LLM, in your library`. */
export function describeFilter(filter: Filter): string {
  const labels = toConditions(filter).map(({ label }) => label);
  return labels.length === 0 ? "all papers" : labels.join(", ");
}

const orders = {
  relevance: "best match first",
  newest: "newest first",
  upvotes: "most upvotes first",
  bookmarked: "last bookmarked first",
};

/** How a filter was understood, as a sentence: `Papers with weight sharing, tagged LLM; newest first.` */
export function explainFilter(filter: Filter): string {
  const { parts } = readText(filter.q);
  const order = orders[orderOf(filter)];
  if (filter.q === "") return `All papers, ${order}.`;
  if (parts.length === 0) return "No papers: there are no words to search for.";
  return `Papers: ${parts.map(({ said }) => said).join(", ")}; ${order}.`;
}
