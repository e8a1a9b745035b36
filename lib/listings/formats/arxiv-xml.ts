import type { CheerioAPI } from "cheerio/slim";
import { excerptOf } from "../reasons";
import type { ParsedEntry } from "./arxiv-entries";
import { openMarkup } from "./open-markup";

/** A feed cut into pieces: the text before its entries, and the entries, each parsed or rejected. */
export type Feed = { head: CheerioAPI; entries: (ParsedEntry | { xml: CheerioAPI })[] };

// The namespaces we read, without protocol and trailing slash, and the prefix for their elements in the trees below.
const prefixes = new Map([
  ["www.w3.org/2005/atom", ""],
  ["purl.org/rss/1.0", ""],
  ["purl.org/dc/elements/1.1", "dc:"],
  ["purl.org/dc/terms", "dc:"],
  ["arxiv.org/schemas/atom", "arxiv:"],
  ["www.w3.org/1999/02/22-rdf-syntax-ns", "rdf:"],
]);

/** A document's namespaces by prefix. The prefix of the default namespace is "". */
type Scope = Map<string, string>;

/** The outermost element of an XML text without its prefix: `feed`, `rss`, `RDF`. Null for other text. */
export function rootOf(body: string): { name: string; local: string; scope: Scope } | null {
  const [tag, name = ""] =
    /^\s*(?:<\?[^<>]{0,1000}>\s*|<!--[\s\S]{0,4000}?-->\s*|<![^<>]{0,1000}>\s*){0,20}<([A-Za-z][\w.:-]{0,99})(?:\s[^<>]{0,10000})?>/.exec(
      body,
    ) ?? [];
  if (tag === undefined) return null;
  const root = openMarkup(`${tag}</${name}>`, true)?.root().children().last();
  return { name, local: name.replace(/^.*:/, ""), scope: withDeclarations(new Map(), root?.attr() ?? {}) };
}

function withDeclarations(scope: Scope, attributes: Record<string, string>): Scope {
  const own = Object.entries(attributes).filter(([name]) => /^xmlns(:|$)/.test(name));
  if (own.length === 0) return scope;
  return new Map([...scope, ...own.map(([name, uri]) => [name.slice("xmlns:".length), uri] as const)]);
}

/** The name of an element in the trees, by its namespace. Unknown namespaces get the prefix `other:`. */
function canonicalName(name: string, scope: Scope): string {
  const [, prefix = "", local = name] = /^(.*):(.*)$/.exec(name) ?? [];
  const uri = scope.get(prefix);
  if (uri === undefined) return name; // undeclared, as in RSS or in a feed that was cut
  const known = prefixes.get(
    uri
      .trim()
      .toLowerCase()
      .replace(/^https?:\/\//, "")
      .replace(/[/#]$/, ""),
  );
  if (known !== undefined) return known + local;
  return prefix === "" ? name : `other:${local}`;
}

/**
 * Cuts a feed into entries before parsing any, so that damage, or an end that is cut off, costs only one entry. `name`
 * is the name of an entry's element. Elements are identified by namespace: in the trees, those of Atom and RSS have no
 * prefix, Dublin Core has `dc:`, and arXiv's own have `arxiv:`, whatever the feed calls them.
 */
export function cutFeed(body: string, name: "entry" | "item"): Feed {
  const root = rootOf(body);
  const scope = root?.scope ?? new Map();
  const spellings = [name, ...[...scope.keys()].map((prefix) => (prefix ? `${prefix}:${name}` : name))];
  const entryName =
    spellings.find(
      (one) => canonicalName(one, scope) === name && new RegExp(`<${escapeRegExp(one)}[\\s>]`).test(body),
    ) ?? name;
  const tags = tagsOf(body, entryName);
  const end = tags[0]?.at ?? body.length;
  const head = openMarkup(body.slice(0, end), true);
  const rootName = root?.name ?? name;
  if (!head) throw new Error(`arxiv: expected <${rootName}> and its entries, got elements nested too deeply`);
  rename(head, new Map());
  const feed: Feed = { head, entries: [] };
  for (const [index, tag] of tags.entries()) {
    if (tag.closes) continue;
    const next = tags[index + 1];
    const text = body.slice(tag.at, next?.at ?? body.length);
    const read = next?.closes
      ? parseEntry(`${text}</${entryName}>`, scope)
      : `expected </${entryName}>, got ${next ? `another <${entryName}>` : "the body's end"}`;
    const entry = feed.entries.length + 1;
    feed.entries.push(
      typeof read === "string" ? { entry, reason: read, excerpt: excerptOf(text) } : { xml: read },
    );
  }
  const last = tags.at(-1);
  const tail = body.slice(last?.at ?? 0);
  // Whatever was lost between two entries is missing too.
  if (!tail.includes(`</${rootName}>`) && last?.closes !== false)
    feed.entries.push({
      entry: feed.entries.length + 1,
      reason: `expected </${rootName}>, got the body's end`,
      excerpt: excerptOf(tail.slice(-200)),
    });
  return feed;
}

/** The texts of an entry's direct children with these names. */
export function textsOf(xml: CheerioAPI, ...names: string[]): string[] {
  const found = xml
    .root()
    .children()
    .children(names.map((name) => name.replace(":", "\\:")).join(", "));
  return found.toArray().map((element) => xml(element).text());
}

/** The text of the first of these that an entry has, or null. */
export function textOf(xml: CheerioAPI, ...names: string[]): string | null {
  for (const name of names) {
    const [text] = textsOf(xml, name);
    if (text !== undefined) return text;
  }
  return null;
}

/** A regular expression that matches exactly this name. */
function escapeRegExp(name: string): string {
  return name.replace(/[^\w:]/g, "\\$&");
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

const textElements = new Set([
  ...["id", "guid", "title", "summary", "description", "link", "published", "pubDate"],
  ...["dc:creator", "dc:date"],
]);

/**
 * Parses an entry, or says what is wrong: an unclosed element, or a bare `<` in its words, would swallow what follows.
 */
function parseEntry(text: string, scope: Scope): CheerioAPI | string {
  const xml = openMarkup(text, true);
  if (!xml) return "expected a paper, got elements nested too deeply";
  const checked = new Set<string>();
  for (const element of xml.root().children().children().toArray()) {
    const { name } = element;
    if (!textElements.has(canonicalName(name, withDeclarations(scope, element.attribs)))) continue;
    if (!checked.has(name)) {
      checked.add(name);
      const openings = text.split(new RegExp(`<${escapeRegExp(name)}(?:\\s[^<>]*[^/<>]|\\s)?>`));
      if (openings.length !== text.split(`</${name}>`).length)
        return `expected </${name}>, got the entry's end`;
    }
    if (xml(element).children().length > 0) return `expected text in <${name}>, got markup`;
  }
  rename(xml, scope);
  return xml;
}

/** Gives each element the name we look it up by. */
function rename(xml: CheerioAPI, outer: Scope): void {
  const scopes = new Map<unknown, Scope>();
  for (const element of xml("*").toArray()) {
    if (!("attribs" in element)) continue;
    const scope = withDeclarations(scopes.get(element.parent) ?? outer, element.attribs);
    scopes.set(element, scope);
    element.name = canonicalName(element.name, scope);
  }
}
