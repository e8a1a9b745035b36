import { formatDay, formatLongRange, toWeek, weekStart } from "../days";
import type { Paper } from "../paper";
import { listPath } from "../papers/filter";
import { toKeySentence } from "../papers/key-sentence";
import { arxivLinks, toWebAddress } from "../papers/links";
import { shorten } from "../shorten";
import { toPlain } from "../tex/split";
import { formatAuthors } from "../words/authors";
import { count, formatShort } from "../words/count";
import { formatPapers } from "../words/paper-counts";
import { paperPath } from "../words/paper-path";
import type { Digest } from "./find-digest";

/** The scheme, name and port of the site, and the addresses of one subscriber. */
export type Links = { site: string; manage: string; leave: string };

const maxName = 100;
const maxTitle = 300;
const maxSentence = 400;
const maxFact = 120;

/**
 * A text on one line, without control characters, so that it cannot end a header or turn around what follows. Cut if it is too long.
 */
export const toLine = (text: string, maxLength: number) =>
  shorten(text.replace(/[\p{Cc}\s\u202a-\u202e\u2066-\u2069]+/gu, " ").trim(), maxLength);

export const nameOf = ({ name }: Pick<Digest, "name">) => toLine(name, maxName);

/** `Thursday, 11 December 2025`; `8 to 14 December 2025`. */
export function formatIssue({ rhythm, day }: Pick<Digest, "rhythm" | "day">): string {
  return rhythm === "daily" ? formatDay(day) : formatLongRange(weekStart(toWeek(day)), day);
}

/** `42 papers`, and how those of a week are ordered. */
export const formatTotal = ({ rhythm, keys }: Digest) =>
  formatPapers(keys.length) + (rhythm === "weekly" ? ", most upvotes first" : "");

/** `Daily papers, 11 December: 42 papers`. */
export function toSubject(digest: Digest): string {
  const { rhythm, day, keys } = digest;
  const date =
    rhythm === "daily" ? formatDay(day, "d MMMM") : formatLongRange(weekStart(toWeek(day)), day, "d MMMM");
  return `${nameOf(digest)}, ${date}: ${formatPapers(keys.length)}`;
}

/** The address of the digest's papers on the site. */
export function pageOf({ q, rhythm, day }: Digest, site: string): string {
  const edition = rhythm === "daily" ? `/papers/date/${day}` : `/papers/week/${toWeek(day)}`;
  return addressOf(q === "" ? edition : listPath({ q, sort: "newest" }), site);
}

export const addressOf = (path: string, site: string) => new URL(path, site).href;

/** All papers a digest shows, in order. */
export const shownPapers = ({ lead, groups }: Digest): Paper[] => [
  ...(lead ? [lead] : []),
  ...groups.flatMap(({ papers }) => papers),
];

/** A title without leftover TeX, on one line. */
export const toTitle = (title: string) => toLine(toPlain(title), maxTitle);

/** What a mail says of a paper, in plain words, with absolute addresses. */
export type Entry = {
  title: string;
  address: string;
  sentence: string | null;
  /** In the order of a card. */
  facts: string[];
  links: { name: string; address: string }[];
};

export function toEntry(paper: Paper, site: string): Entry {
  const { arxivId, upvotes, commentCount, organization, code, projectPage } = paper;
  const sentence = toKeySentence(paper);
  const facts = [
    formatAuthors(paper),
    organization && (organization.fullName ?? organization.name),
    upvotes === null ? null : formatUpvotes(upvotes),
    commentCount ? count(commentCount, "comment") : null,
    sentence?.isAi ? "AI summary" : null,
  ];
  const links = [
    { name: "arXiv", address: arxivId && arxivLinks(arxivId).abstract },
    { name: code?.stars ? `code ${formatShort(code.stars)}★` : "code", address: toWebAddress(code?.url) },
    { name: "project", address: toWebAddress(projectPage) },
  ];
  return {
    title: toTitle(paper.title),
    address: addressOf(paperPath(paper.id), site),
    sentence: sentence && toLine(toPlain(sentence.text), maxSentence),
    facts: facts.flatMap((fact) => (fact ? keepTogether(toLine(fact, maxFact)) : [])),
    links: links.flatMap(({ name, address }) => (address ? { name, address } : [])),
  };
}

/** Between facts. A line does not begin with the dot. */
export const dot = "\u00a0· ";

/** Short facts, such as `3 comments`, are not divided at the end of a line. */
const keepTogether = (fact: string) => (fact.length < 16 ? fact.replaceAll(" ", "\u00a0") : fact);

export const formatUpvotes = (upvotes: number) =>
  `${formatShort(upvotes)} ${upvotes === 1 ? "upvote" : "upvotes"}`;

/** `And 38 more papers`, if the digest has more than it shows. */
export function formatMore({ keys }: Digest, shown: number): string | null {
  const more = keys.length - shown;
  return more > 0 ? `And ${more.toLocaleString("en")} more ${more === 1 ? "paper" : "papers"}` : null;
}

/** Why somebody gets a mail. */
export const formatReason = (digest: Digest) =>
  `You get this mail every ${digest.rhythm === "daily" ? "day" : "week"} because you subscribed to “${nameOf(digest)}”.`;
