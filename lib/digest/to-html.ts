import type { Paper } from "../paper";
import { paperPath } from "../words/paper-path";
import type { Digest } from "./find-digest";
import { cells, joinFacts, looks, toDocument, toFoot, toLinks } from "./layout";
import { type Markup, markup } from "./markup";
import {
  addressOf,
  formatIssue,
  formatMore,
  formatReason,
  formatTotal,
  formatUpvotes,
  type Links,
  nameOf,
  pageOf,
  shownPapers,
  toEntry,
  toSubject,
  toTitle,
} from "./words";

// Gmail cuts a mail off at 102 KB.
const maxBytes = 100_000;

/** A digest as HTML. If it would be too long, the last papers are only counted. */
export function toHtml(digest: Digest, links: Links): string {
  const all = shownPapers(digest).length;
  for (let shown = all; ; shown = Math.floor(shown * 0.9)) {
    const html = render(digest, links, shown);
    if (shown === 0 || Buffer.byteLength(html) <= maxBytes) return html;
  }
}

function render(digest: Digest, { site, manage, leave }: Links, shown: number): string {
  const { lead, rising } = digest;
  const page = pageOf(digest, site);
  const more = formatMore(digest, shown);
  const titles = shownPapers(digest)
    .slice(0, 3)
    .map(({ title }) => toTitle(title));
  const rows = [
    markup`<tr><td ${cells.head}>
<p ${looks.facts}>Broadsheet · ${nameOf(digest)}</p>
<h1 ${looks.date}>${formatIssue(digest)}</h1>
<p ${looks.facts}>${formatTotal(digest)} · ${toLinks([{ name: "Read on the site", address: page }])}</p>
</td></tr>`,
    ...(lead && shown > 0 ? [toRow(lead, site, true)] : []),
    ...toGroups(digest, shown).flatMap(({ title, papers }) => [
      toHeading(title),
      ...papers.map((paper) => toRow(paper, site)),
    ]),
    ...(more
      ? [
          markup`<tr><td style="padding:16px 0 0"><p ${looks.facts}>${toLinks([{ name: more, address: page }])}</p></td></tr>`,
        ]
      : []),
    ...(rising.length > 0 ? [toHeading("Rising this week")] : []),
    ...rising.map(
      ({ id, title, gained }) => markup`<tr><td ${cells.paper}>
<p ${looks.sentence}><a ${looks.link} href="${addressOf(paperPath(id), site)}">${toTitle(title)}</a></p>
<p ${looks.facts}>+${formatUpvotes(gained)}</p>
</td></tr>`,
    ),
    toFoot(formatReason(digest), [
      { name: "Manage", address: manage },
      { name: "Unsubscribe", address: leave },
      { name: new URL(site).host, address: site },
    ]),
  ];
  return toDocument({ title: toSubject(digest), preview: titles.join(" · "), rows });
}

/** The groups without the papers that come after the first `shown`. */
function toGroups({ lead, groups }: Digest, shown: number): Digest["groups"] {
  let left = shown - (lead ? 1 : 0);
  return groups.flatMap(({ title, papers }) => {
    const some = papers.slice(0, Math.max(0, left));
    left -= some.length;
    return some.length > 0 ? [{ title, papers: some }] : [];
  });
}

const toHeading = (title: string): Markup =>
  markup`<tr><td ${cells.heading}><h2 ${looks.heading}>${title}</h2></td></tr>`;

function toRow(paper: Paper, site: string, isLead = false): Markup {
  const { title, address, sentence, facts, links } = toEntry(paper, site);
  const look = isLead ? { title: looks.lead, sentence: looks.leadSentence } : looks;
  const heading = isLead ? "h2" : "h3";
  const line = joinFacts([
    ...facts.map((fact) => markup`${fact}`),
    ...(links.length > 0 ? [toLinks(links)] : []),
  ]);
  return markup`<tr><td ${cells.paper}>
<${heading} dir="auto" ${look.title}><a ${looks.link} href="${address}">${title}</a></${heading}>
${sentence && markup`<p dir="auto" ${look.sentence}>${sentence}</p>`}
${line.html && markup`<p ${looks.facts}>${line}</p>`}
</td></tr>`;
}
