import type { CheerioAPI } from "cheerio/slim";
import { excerptOf } from "../reasons";
import type { Read } from "./arxiv-entries";
import { openMarkup } from "./markup";

/** A feed taken apart: what stands before its entries, and for each place an entry by itself, or why it is none. */
export type Feed = { head: CheerioAPI; entries: (Read | { xml: CheerioAPI })[] };

/**
 * Cuts a feed at its entries before any is parsed, so that damage in one, or a body that breaks off, costs only that one.
 * `name` is that of an entry's element, `root` that of the feed's.
 */
export function cutFeed(body: string, name: "entry" | "item", root: "feed" | "rss"): Feed {
  const tags = tagsOf(body, name);
  const end = tags[0]?.at ?? body.length;
  const head = openMarkup(body.slice(0, end), true);
  if (!head)
    throw new Error(`arxiv: expected <${root}> and its entries, got elements too deep in each other`);
  const feed: Feed = { head, entries: [] };
  for (const [index, tag] of tags.entries()) {
    if (tag.closes) continue;
    const next = tags[index + 1];
    const text = body.slice(tag.at, next?.at ?? body.length);
    const read = next?.closes
      ? readWhole(`${text}</${name}>`)
      : `expected </${name}>, got ${next ? `another <${name}>` : "the body's end"}`;
    const entry = feed.entries.length + 1;
    feed.entries.push(
      typeof read === "string" ? { entry, reason: read, excerpt: excerptOf(text) } : { xml: read },
    );
  }
  const last = tags.at(-1);
  const tail = body.slice(last?.at ?? 0);
  // What was cut off between two entries is missing as well.
  if (!tail.includes(`</${root}>`) && last?.closes !== false)
    feed.entries.push({
      entry: feed.entries.length + 1,
      reason: `expected </${root}>, got the body's end`,
      excerpt: excerptOf(tail.slice(-200)),
    });
  return feed;
}

/** The text of an element right below an entry; null where there is none. */
export function textOf(xml: CheerioAPI, ...names: string[]): string | null {
  for (const name of names) {
    const found = xml.root().children().children(name.replace(":", "\\:")).first();
    if (found.length > 0) return found.text();
  }
  return null;
}

type Tag = { at: number; closes: boolean };

function tagsOf(body: string, name: string): Tag[] {
  const tags: Tag[] = [];
  for (let at = body.indexOf("<"); at >= 0; at = body.indexOf("<", at + 1)) {
    const verbatim = body.startsWith("<![CDATA[", at) ? "]]>" : body.startsWith("<!--", at) ? "-->" : null;
    if (verbatim) {
      at = body.indexOf(verbatim, at);
      if (at < 0) break;
    } else if (body.startsWith(`</${name}>`, at)) tags.push({ at, closes: true });
    else if (body.startsWith(`<${name}`, at) && /[\s>]/.test(body[at + name.length + 1] ?? ""))
      tags.push({ at, closes: false });
  }
  return tags;
}

const texts = ["id", "guid", "title", "summary", "description", "link", "published", "dc:creator"].map(
  (name) => ({
    name,
    opening: new RegExp(`<${name}(?:\\s[^<>]*[^/<>]|\\s)?>`),
    selector: `* > ${name.replace(":", "\\:")}`,
  }),
);

/** An entry as a tree, or what is wrong: an element never closed, or a bare `<` in its words, swallows what follows. */
function readWhole(text: string): CheerioAPI | string {
  const xml = openMarkup(text, true);
  if (!xml) return "expected a paper, got elements too deep in each other";
  for (const { name, opening, selector } of texts) {
    if (text.split(opening).length !== text.split(`</${name}>`).length)
      return `expected </${name}>, got the entry's end`;
    if (text.includes(`<${name}`) && xml(selector).children().length > 0)
      return `expected text in <${name}>, got markup`;
  }
  return xml;
}
