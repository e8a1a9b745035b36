import type { Paper } from "../paper";
import { paperPath } from "../words/paper-path";
import type { Digest } from "./find-digest";
import {
  addressOf,
  dot,
  formatIssue,
  formatMore,
  formatReason,
  formatTotal,
  type Links,
  nameOf,
  pageOf,
  shownPapers,
  toEntry,
  toTitle,
} from "./words";
import { columns, wrap } from "./wrap";

/** A digest as plain text of 72 columns, complete by itself. */
export function toText(digest: Digest, { site, manage, leave }: Links): string {
  const { lead, groups, rising } = digest;
  const page = pageOf(digest, site);
  const more = formatMore(digest, shownPapers(digest).length);
  const blocks = [
    [wrap(nameOf(digest)), `${formatIssue(digest)} · ${formatTotal(digest)}`, page].join("\n"),
    "=".repeat(columns),
    ...(lead ? [toBlock(lead, site)] : []),
    ...groups.flatMap(({ title, papers }) => [
      toHeading(title),
      ...papers.map((paper) => toBlock(paper, site)),
    ]),
    ...(more ? [`${more}:\n${page}`] : []),
    ...(rising.length > 0 ? [toHeading("Rising this week")] : []),
    ...rising.map(({ id, title, gained }) =>
      [wrap(`+${gained.toLocaleString("en")} ${toTitle(title)}`), `  ${addressOf(paperPath(id), site)}`].join(
        "\n",
      ),
    ),
    "-".repeat(columns),
    [wrap(formatReason(digest)), `Manage: ${manage}`, `Unsubscribe: ${leave}`, `Broadsheet: ${site}`].join(
      "\n",
    ),
  ];
  return `${blocks.join("\n\n")}\n`;
}

const toHeading = (title: string) => `\n${wrap(title.toUpperCase())}`;

function toBlock(paper: Paper, site: string): string {
  const { title, address, sentence, facts, links } = toEntry(paper, site);
  const arxiv = links.find(({ name }) => name === "arXiv");
  const lines = [
    wrap(title),
    ...(sentence ? [wrap(sentence, "  ")] : []),
    ...(facts.length > 0 ? [wrap(facts.join(dot), "  ")] : []),
    `  ${address}`,
    ...(arxiv ? [`  ${arxiv.address}`] : []),
  ];
  return lines.join("\n");
}
