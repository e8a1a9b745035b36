import type { CheerioAPI } from "cheerio/slim";
import { z } from "zod";
import { isDay } from "../../days";
import { cleanWords } from "../clean";
import { readJson } from "../json";
import type { Context, Listing } from "../listing";
import { excerptOf, reasonOf } from "../reasons";
import { type ParsedEntry, splitNames, toAnnouncement, toArxivListing } from "./arxiv-entries";
import { cutFeed, rootOf, textOf, textsOf } from "./arxiv-xml";

/** A recorded answer. */
const recordSchema = z.looseObject({
  url: z.string(),
  status_code: z.literal(200, "the status 200").nullish(),
  body: z.string(),
});

/**
 * arXiv's Atom: an answer of its API, bare or recorded as `{url, status_code, body}`, or a category's announcement. An
 * answer is filed as a search. The API's error, which is also an entry, becomes a rejected entry with arXiv's reason.
 */
export function parseArxivAtom(body: string, context: Context): Listing | null {
  const recorded = /^\s*\{/.test(body) && body.includes("arxiv.org/");
  const xml = recorded ? readRecord(body) : body;
  if (xml === null || !isAtom(xml)) return null;
  const feed = cutFeed(xml, "entry");
  const isAnnounced = feed.entries.some(
    (one) => "xml" in one && textOf(one.xml, "arxiv:announce_type") !== null,
  );
  const isAnnouncement = isAnnounced || /rss\.arxiv\.org/.test(feed.head.text());
  const updated = textOf(feed.head, "updated")?.trim().slice(0, 10) ?? "";
  const entries = feed.entries.map((one, index) =>
    "xml" in one ? readEntry(one.xml, isAnnouncement, index + 1) : one,
  );
  return isAnnouncement
    ? toAnnouncement("arxiv-atom", entries, context, isDay(updated) ? updated : null)
    : toArxivListing("arxiv-atom", entries, context, { kind: "search", day: null });
}

function isAtom(xml: string): boolean {
  return /^\s*</.test(xml) && rootOf(xml)?.local === "feed" && /arxiv\.org/i.test(xml);
}

/** null for JSON that is not a recording of XML. */
function readRecord(body: string): string | null {
  let json: unknown;
  try {
    json = readJson(body);
  } catch (error) {
    if (error instanceof SyntaxError) return null; // another format, or too damaged to tell
    throw error;
  }
  const record = recordSchema.safeParse(json);
  if (record.success) return fixEncoding(record.data.body);
  const isRecording = typeof json === "object" && json !== null && "status_code" in json && "body" in json;
  if (isRecording) throw new Error(`arxiv-atom: ${reasonOf(record.error, json)}`);
  return null;
}

/**
 * Some recorders decoded the UTF-8 answer as Latin-1. If the characters, taken as bytes, are valid UTF-8, that is what
 * happened: real Latin-1 text never is by chance.
 */
function fixEncoding(body: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern is meant to match one-byte characters
  if (!/[\u0080-\u00ff]/.test(body) || !/^[\u0000-\u00ff]*$/.test(body)) return body;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.from(body, "latin1"));
  } catch (error) {
    if (error instanceof TypeError) return body;
    throw error;
  }
}

function readEntry(xml: CheerioAPI, isNews: boolean, entry: number): ParsedEntry {
  const id = textOf(xml, "id") ?? undefined;
  const summary = textOf(xml, "summary");
  if (id?.includes("arxiv.org/api/errors")) {
    const explanation = cleanWords(summary ?? "") || "no reason";
    return {
      entry,
      reason: `expected a paper, got arXiv's error "${excerptOf(explanation)}"`,
      excerpt: excerptOf(id),
    };
  }
  const creators = textsOf(xml, "dc:creator");
  const day = textOf(xml, "published", "updated")?.trim().slice(0, 10) ?? "";
  const terms = (name: string) =>
    xml(`entry > ${name}`)
      .toArray()
      .flatMap((element) => xml(element).attr("term") ?? []);
  return {
    source: {
      id,
      title: textOf(xml, "title") ?? undefined,
      summary,
      authors:
        creators.length > 0
          ? creators.flatMap(splitNames)
          : xml("entry > author > name")
              .toArray()
              .map((element) => xml(element).text()),
      categories: [...terms("arxiv\\:primary_category"), ...terms("category")],
      published: isNews ? null : (textOf(xml, "published")?.trim() ?? null),
      comment: textOf(xml, "arxiv:comment"),
      announced: textOf(xml, "arxiv:announce_type"),
      listedOn: isNews && isDay(day) ? day : null,
    },
  };
}
