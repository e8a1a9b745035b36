import { Markup, markup } from "./markup";
import { dot } from "./words";

// The colors of app/globals.css. Mail programs know neither oklch() nor light-dark(), and load no typefaces.
const light = { page: "#fcfaf6", ink: "#1f1915", soft: "#524c47", faint: "#635c57", rule: "#dbd7d0" };
const dark = { page: "#15120f", ink: "#e5e1d9", soft: "#b5b0a9", faint: "#9f9b93", rule: "#36322d" };
const serif = "Georgia,serif";
const sans = "-apple-system,Segoe UI,Helvetica,Arial,sans-serif";

/**
 * Attributes of elements. Styles stand in each element, because some programs remove style sheets; the class is for dark mode, which
 * needs one.
 */
const set = (color: "ink" | "soft" | "faint", style: string) =>
  new Markup(`class="${color}" style="${style};color:${light[color]}"`);
export const looks = {
  date: set("ink", `margin:4px 0 0;font:28px/32px ${serif}`),
  heading: set("ink", `margin:0;font:bold 13px/20px ${sans}`),
  lead: set("ink", `margin:0;font:24px/29px ${serif}`),
  title: set("ink", `margin:0;font:19px/24px ${serif}`),
  leadSentence: set("soft", `margin:4px 0 0;font:18px/26px ${serif}`),
  sentence: set("soft", `margin:3px 0 0;font:16px/23px ${serif}`),
  text: set("soft", `margin:12px 0;font:16px/24px ${sans}`),
  facts: set("faint", `margin:4px 0 0;font:13px/20px ${sans}`),
  link: set("ink", "text-decoration:none"),
  factLink: set("faint", "text-decoration:underline"),
  button: set(
    "ink",
    `display:inline-block;padding:8px 16px;border:1px solid ${light.ink};border-radius:6px;font:bold 16px/24px ${sans};text-decoration:none`,
  ),
};
const cell = (color: "ink" | "rule", width: number, padding: string) =>
  new Markup(`class="${color}" style="padding:${padding};border-bottom:${width}px solid ${light[color]}"`);
/** Attributes of cells with a line below them. */
export const cells = {
  head: cell("ink", 2, "0 0 12px"),
  heading: cell("ink", 1, "28px 0 6px"),
  paper: cell("rule", 1, "14px 0 13px"),
};

const sheet = new Markup(`:root{color-scheme:light dark;supported-color-schemes:light dark}
a:hover{text-decoration:underline!important}
@media (prefers-color-scheme:dark){
.page{background:${dark.page}!important}
.ink{color:${dark.ink}!important;border-color:${dark.ink}!important}
.soft{color:${dark.soft}!important}
.faint{color:${dark.faint}!important}
.rule{border-color:${dark.rule}!important}
}`);

// Outlook on Windows does not know max-width.
const outlook = {
  start: new Markup(
    '<!--[if mso]><table role="presentation" width="600" align="center"><tr><td><![endif]-->',
  ),
  end: new Markup("<!--[if mso]></td></tr></table><![endif]-->"),
};

/** A mail of one column. `preview` is what lists of mails show beside the subject; `rows` are `<tr>` elements. */
export function toDocument({
  title,
  preview,
  rows,
}: {
  title: string;
  preview: string;
  rows: Markup[];
}): string {
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no,date=no,address=no,email=no">
<title>${title}</title>
<style>${sheet}</style>
</head>
<body class="page" style="margin:0;padding:0;background:${light.page};word-break:break-word">
<div style="display:none;max-height:0;overflow:hidden">${preview}</div>
<table role="presentation" class="page" width="100%" cellspacing="0" cellpadding="0" border="0" style="background:${light.page}"><tr><td align="center" style="padding:24px 16px">
${outlook.start}
<table role="presentation" width="100%" cellspacing="0" cellpadding="0" border="0" style="max-width:600px;text-align:left">
${rows}
</table>
${outlook.end}
</td></tr></table>
</body>
</html>
`.html;
}

/** The rows at the foot of every mail: why it came, and links. */
export function toFoot(reason: string, links: { name: string; address: string }[]): Markup {
  return markup`<tr><td style="padding:24px 0 0">
<p ${looks.facts}>${reason}</p>
<p ${looks.facts}>${toLinks(links)}</p>
</td></tr>`;
}

/** Links in a line of facts. */
export const toLinks = (links: { name: string; address: string }[]) =>
  joinFacts(links.map(({ name, address }) => markup`<a ${looks.factLink} href="${address}">${name}</a>`));

export const joinFacts = (facts: Markup[]) => new Markup(facts.map(({ html }) => html).join(dot));
