import { encodeHeader } from "./encode-header";
import type { Digest } from "./find-digest";
import { dot, type Entry, formatMore, pageOf, shownPapers, toEntry, toLine, toSubject } from "./words";

const factsOf = ({ facts }: Entry) => facts.join(dot);

/** Shortens a text until it fits once it is escaped. */
function shortenTo(text: string, max: number, toSafe: (text: string) => string): string {
  let cut = text;
  for (let length = max; toSafe(cut).length > max; length = Math.floor(length * 0.8))
    cut = toLine(text, length - 2);
  return toSafe(cut);
}

// Slack takes 50 blocks, 150 characters in a header, and about 13,000 characters in all blocks together, as JSON.
const slack = { blocks: 50, header: 150, title: 110, sentence: 140, facts: 60, json: 12_000 };

/** A message with blocks of rich text, in which nothing has to be escaped: no text of a paper can mention anybody. */
export function toSlack(digest: Digest, site: string): object {
  const subject = toSubject(digest);
  const header = {
    type: "header",
    text: { type: "plain_text", text: toLine(subject, slack.header - 2), emoji: false },
  };
  const papers = shownPapers(digest).map((paper) => toSlackBlock(toEntry(paper, site)));
  const blocksOf = (shown: number) => {
    const more = formatMore(digest, shown);
    return [
      header,
      ...papers.slice(0, shown),
      ...(more ? [richText([slackLink(more, pageOf(digest, site))])] : []),
    ];
  };
  let shown = Math.min(papers.length, slack.blocks - 2);
  while (JSON.stringify(blocksOf(shown)).length > slack.json) shown--;
  return {
    text: subject.replace(/[&<>]/g, (one) => slackEntities[one as keyof typeof slackEntities]), // in notifications
    blocks: blocksOf(shown),
  };
}

const richText = (elements: object[]) => ({
  type: "rich_text",
  elements: [{ type: "rich_text_section", elements }],
});
const slackLink = (text: string, url: string) => ({ type: "link", url, text, style: { bold: true } });

function toSlackBlock(entry: Entry): object {
  const { title, address, sentence } = entry;
  const facts = toLine(factsOf(entry), slack.facts);
  const rest = [sentence && toLine(sentence, slack.sentence), facts].filter(Boolean);
  const text = rest.length > 0 ? [{ type: "text", text: `\n${rest.join("\n")}` }] : [];
  return richText([slackLink(toLine(title, slack.title), address), ...text]);
}

const slackEntities = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

// Discord takes 10 embeds, 2,000 characters of content, and 6,000 characters in all embeds together.
const discord = { papers: 10, content: 1000, title: 190, sentence: 290, facts: 110 };

/** A message with an embed for each of the first papers. It mentions nobody, whatever the titles say. */
export function toDiscord(digest: Digest, site: string): object {
  const papers = shownPapers(digest).slice(0, discord.papers);
  const more = formatMore(digest, papers.length);
  const page = `<${pageOf(digest, site)}>`; // without a preview
  return {
    content: `**${shortenTo(toSubject(digest), discord.content, escapeDiscord)}**\n${more ? `${more}: ` : ""}${page}`,
    allowed_mentions: { parse: [] },
    embeds: papers.map((paper) => {
      const entry = toEntry(paper, site);
      const facts = toLine(factsOf(entry), discord.facts - 2);
      return {
        title: shortenTo(entry.title, discord.title, escapeDiscord),
        url: entry.address,
        ...(entry.sentence
          ? { description: shortenTo(entry.sentence, discord.sentence, escapeDiscord) }
          : {}),
        ...(facts ? { footer: { text: facts } } : {}),
      };
    }),
  };
}

// Everything that its Markdown, mentions or emoji could begin with.
const escapeDiscord = (text: string) => text.replace(/[\\*_~`|>#[\]()<:@-]/g, "\\$&");

// ntfy turns longer messages into attachments.
const ntfy = { bytes: 4096, title: 200 };

/** A notification with the titles, which opens the page of the digest. */
export function toNtfy(digest: Digest, site: string): { headers: Record<string, string>; body: string } {
  const titles = shownPapers(digest).map((paper) => toEntry(paper, site).title);
  const bodyOf = (shown: number) => {
    const more = formatMore(digest, shown);
    return [...titles.slice(0, shown).map((title) => `• ${title}`), ...(more ? [more] : [])].join("\n");
  };
  let shown = titles.length;
  while (Buffer.byteLength(bodyOf(shown)) > ntfy.bytes) shown--;
  return {
    headers: {
      "Content-Type": "text/plain; charset=utf-8",
      Title: encodeHeader(toLine(toSubject(digest), ntfy.title)),
      Click: pageOf(digest, site),
      Tags: "newspaper",
    },
    body: bodyOf(shown),
  };
}
