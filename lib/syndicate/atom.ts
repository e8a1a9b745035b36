import type { Day } from "../days";

export type FeedEntry = {
  /** The paper's first id, for the feed id. With another id, feed readers would show the paper again. */
  firstId: string;
  title: string;
  abstract: string | null;
  authors: string[];
  tags: string[];
  /** The path of its page. */
  path: string;
  pdf: string | null;
  listedOn: Day | null;
  /** When it was first imported. */
  createdAt: Date;
};

export type Feed = {
  title: string;
  /** Scheme, name and port of this site. */
  base: string;
  /** Paths of the feed, of the matching page, and of the feed's next page. */
  self: string;
  page: string;
  next: string | null;
  updated: Date;
  entries: FeedEntry[];
};

// RFC 4151 requires an authority and a date on which it was ours. Nobody can own `.invalid`, so no other program's feed
// has these ids, and they stay the same if the library moves to another host.
const authority = "tag:broadsheet.invalid,2023-05-04:";

/** A feed as Atom (RFC 4287). */
export function toAtom({ title, base, self, page, next, updated, entries }: Feed): string {
  const link = (rel: string, type: string, href: string) =>
    `<link rel="${rel}" type="${type}" href="${escapeXml(new URL(href, base).href)}"/>`;
  const lines = [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">',
    `<id>${escapeXml(authority + page)}</id>`,
    `<title>${escapeXml(title)}</title>`,
    `<updated>${updated.toISOString()}</updated>`,
    link("self", "application/atom+xml", self),
    link("alternate", "text/html", page),
    ...(next ? [link("next", "application/atom+xml", next)] : []),
    `<icon>${escapeXml(new URL("/icon.svg", base).href)}</icon>`,
    "<author><name>Broadsheet</name></author>",
  ];
  for (const entry of entries) {
    const listed = entry.listedOn ? `${entry.listedOn}T00:00:00Z` : entry.createdAt.toISOString();
    lines.push(
      "<entry>",
      `<id>${escapeXml(`${authority}paper/${entry.firstId}`)}</id>`,
      `<title>${escapeXml(entry.title)}</title>`,
      `<published>${listed}</published>`,
      `<updated>${entry.createdAt.toISOString()}</updated>`,
      link("alternate", "text/html", entry.path),
      ...(entry.pdf ? [link("related", "application/pdf", entry.pdf)] : []),
      ...entry.authors.map((name) => `<author><name>${escapeXml(name)}</name></author>`),
      ...entry.tags.map((name) => `<category term="${escapeXml(name)}"/>`),
      ...(entry.abstract ? [`<summary type="text">${escapeXml(entry.abstract)}</summary>`] : []),
      "</entry>",
    );
  }
  return `${lines.join("\n")}\n</feed>\n`;
}

// Characters that XML 1.0 cannot contain even escaped: most control characters, unpaired surrogates, and U+FFFE and
// U+FFFF.
// biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern is meant to match them
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;
const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escapeXml(text: string): string {
  return text.replace(forbidden, "").replace(/[&<>"]/g, (letter) => entities[letter] ?? letter);
}
