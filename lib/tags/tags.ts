import { type PaperRecord, tagSources } from "../paper";
import { deriveTags } from "./derive";
import { toTagName } from "./topics";

type Tags = PaperRecord["tags"];

/**
 * The tags of a paper as the library keeps them: every name in its one spelling, no name twice, and tags from the text
 * where nobody gave any. arXiv's categories are kept beside them: they are too coarse to stand for them.
 */
export function toTags(title: string, abstract: string | null, given: Tags): Tags {
  const heard = (source: string) => given.filter((tag) => tag.source === source).map((tag) => tag.name);
  const hub = heard("hub")
    .map(toTagName)
    .filter((name) => name !== "");
  const spelt = {
    reader: heard("reader").map(toTagName),
    hub,
    derived: hub.length > 0 ? [] : deriveTags(title, abstract),
    arxiv: heard("arxiv").map((name) => name.trim()),
  };
  const byName = new Map<string, Tags[number]>();
  for (const source of tagSources) {
    for (const name of spelt[source])
      if (name !== "" && !byName.has(name)) byName.set(name, { name, source });
  }
  return [...byName.values()];
}
