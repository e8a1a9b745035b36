import { type PaperRecord, tagSources } from "../paper";
import { toTagName } from "./topics";

type Tags = PaperRecord["tags"];

/**
 * The tags of a paper as the library stores them: each name in its one spelling, without duplicates, plus tags from the
 * text (`derive`) if no source gave any. arXiv categories are stored in addition, because they are too broad to count as
 * tags.
 */
export function toTags(known: Tags, derive: () => string[]): Tags {
  const namesFrom = (source: string) => known.filter((tag) => tag.source === source).map((tag) => tag.name);
  const hub = namesFrom("hub")
    .map(toTagName)
    .filter((name) => name !== "");
  const normalized = {
    reader: namesFrom("reader").map(toTagName),
    hub,
    derived: hub.length > 0 ? [] : derive(),
    arxiv: namesFrom("arxiv").map((name) => name.trim()),
  };
  const byName = new Map<string, Tags[number]>();
  for (const source of tagSources) {
    for (const name of normalized[source])
      if (name !== "" && !byName.has(name)) byName.set(name, { name, source });
  }
  return [...byName.values()];
}
