import { formatDay } from "../days";
import { type Filter, filterState } from "./filter";

/** One condition of a filter in words, and the filter without it. */
export type Condition = { label: string; without: Filter };

const day = (value: string) => formatDay(value, "d MMM yyyy");
const authors = (count: number) => (count === 1 ? "1 author" : `${count.toLocaleString("en")} authors`);

/** Everything a filter asks for except order and page. */
export function toConditions(filter: Filter): Condition[] {
  const conditions: Condition[] = [];
  const add = <K extends keyof Filter>(name: K, label: (value: NonNullable<Filter[K]>) => string) => {
    const value = filter[name];
    if (value === null || value === filterState.defaults[name]) return;
    conditions.push({
      label: label(value as NonNullable<Filter[K]>), // not null, as checked above
      without: { ...filter, [name]: filterState.defaults[name] },
    });
  };
  add("q", (text) => text);
  for (const name of filter.tag) {
    conditions.push({ label: name, without: { ...filter, tag: filter.tag.filter((one) => one !== name) } });
  }
  add("author", (name) => `by ${name}`);
  add("organization", (name) => `from ${name}`);
  add("day", (value) => `listed on ${day(value)}`);
  add("week", (value) => `listed in week ${value}`);
  add("month", (value) => `listed in ${formatDay(`${value}-01`, "MMMM yyyy")}`);
  add("from", (value) => `from ${day(value)}`);
  add("to", (value) => `to ${day(value)}`);
  add("minAuthors", (count) => `at least ${authors(count)}`);
  add("maxAuthors", (count) => `at most ${authors(count)}`);
  add("bookmarked", () => "in your library");
  return conditions;
}

/** The filter in a few words: `all papers`, or `weight sharing, LLM, bookmarked`. */
export function describeFilter(filter: Filter): string {
  const labels = toConditions(filter).map(({ label }) => label);
  return labels.length === 0 ? "all papers" : labels.join(", ");
}
