import type { Nodes, PhrasingContent } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { dropLogins } from "../../printable";
import { excerptOf } from "../reasons";

/** Part of a line, and the address it links to. */
export type Part = { text: string; url: string | null };

/** A line of a Markdown text without its markup. Lines of the same block, such as a paragraph, share its number. */
export type Line = {
  parts: Part[];
  block: number;
  /** 1 to 6 for headings, 0 for other lines. */
  heading: number;
  /** The line of the source, from 1. */
  at: number;
  /** On the first line of a list item: the text before it. */
  mark: string;
  /** The line shows an image. */
  image: boolean;
  /** The number of the multi-line link it belongs to, if that is the only link without a known address; 0 for none. */
  link: number;
  /** The text is cut off inside a link that begins here. */
  broken: boolean;
};

// Markdown syntax that text copies contain by accident: TeX, `<think>`, a*b, four spaces. Code fences too, because a
// copy inside a fence is still a copy. Entities were decoded earlier.
const disable = {
  null: ["attention", "characterReference", "codeFenced", "codeIndented", "codeText", "htmlFlow", "htmlText"],
};
/** Placed after an escaped `*` or `_` to mark it as literal: a word joiner, which no cleaned text contains. */
export const literal = "\u2060";
const escaped = /(?<=\S)\\([*_])|\\([*_])(?=\S)/g;
const maxDepth = 50;
const maxIndent = maxDepth * 2;
const markers = /^(?:[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t])))+/;
// The parser takes four times as long for twice the text, so it gets a page in parts. A card has about 2,000
// characters.
const partLength = 4000;
const maxPartLength = 20_000;

/**
 * The lines of a Markdown text, in order. A link that ends on another line, which parsers do not recognize, becomes
 * words too. Escaped `*` and `_` are `literal`. Throws an Error of one line for lists and quotes nested so deeply that
 * parsing would take minutes.
 */
export function toLines(markdown: string): Line[] {
  refuseDeep(markdown);
  const lines: Line[] = [];
  const state = { block: 0, references: new Map<string, string>() };
  const marked = markdown.replace(escaped, `$&${literal}`);
  for (const { text, before } of partsOfText(marked)) readInto(lines, text, before, state);
  return resolveLinks(lines, state.references);
}

/**
 * Splits a text into parts that can be parsed separately: each ends with an empty line before a line that is not
 * indented.
 */
function* partsOfText(markdown: string): Generator<{ text: string; before: number }> {
  let part: string[] = [];
  let length = 0;
  let before = 0;
  let last = "";
  for (const line of markdown.split("\n").flatMap(inPieces)) {
    const splits = length > partLength && last.trim() === "" && /^\S/.test(line);
    if (splits || length + line.length > maxPartLength) {
      yield { text: part.join("\n"), before };
      before += part.length;
      [part, length] = [[], 0];
    }
    part.push(line);
    length += line.length + 1;
    last = line;
  }
  yield { text: part.join("\n"), before };
}

/** Splits a line too long for a part into paragraphs. No real line is that long. */
function inPieces(line: string): string[] {
  if (line.length <= maxPartLength) return [line];
  const pieces: string[] = [];
  for (let at = 0; at < line.length; ) {
    const blank = line.lastIndexOf(" ", at + maxPartLength);
    const end = at + maxPartLength >= line.length ? line.length : blank > at ? blank : at + maxPartLength;
    pieces.push(line.slice(at, end), "");
    at = line[end] === " " ? end + 1 : end;
  }
  return pieces;
}

function refuseDeep(markdown: string): void {
  for (const line of markdown.split("\n")) {
    const marks = markers.exec(line)?.[0] ?? "";
    const depth = marks.match(/[^\s\d]/g)?.length ?? 0;
    if (depth > maxDepth || (depth > 0 && marks.search(/\S/) > maxIndent))
      throw new Error(
        `text: expected lists and quotes at most ${maxDepth} deep, got "${excerptOf(line.trim(), 60)}"`,
      );
  }
}

type State = { block: number; references: Map<string, string> };

function readInto(lines: Line[], markdown: string, before: number, state: State): void {
  const root = fromMarkdown(markdown, { extensions: [{ disable }] });
  const source = markdown.split("\n");
  const visit = (node: Nodes, mark: string) => {
    const start = node.position?.start.line ?? 1;
    const at = before + start;
    if (node.type === "definition") state.references.set(labelOf(node.identifier), node.url);
    else if (node.type === "paragraph" || node.type === "heading") {
      const end = source[(node.position?.end.line ?? start) - 1] ?? "";
      // A single dash below a line is a bullet or means no upvotes. Underlined headings have more dashes.
      const dash = node.type === "heading" && /^\s*[-=]\s*$/.test(end) ? end : null;
      const heading = node.type === "heading" && dash === null ? node.depth : 0;
      const block = state.block++;
      push(lines, partsOf(node.children), { block, heading, at, mark });
      const below = before + (node.position?.end.line ?? start);
      if (dash) push(lines, [{ text: dash, url: null }], { block, heading: 0, at: below, mark: "" });
    } else if (node.type === "listItem") {
      // A dash alone: an empty bullet, or no upvotes inside their link.
      const own = (source[start - 1] ?? "").trim();
      if (node.children.length === 0)
        push(lines, [{ text: own, url: null }], { block: state.block++, heading: 0, at, mark: "" });
      for (const [index, child] of node.children.entries())
        visit(child, index === 0 ? (/^\S+/.exec(own)?.[0] ?? "") : "");
    } else if ("children" in node) for (const child of node.children) visit(child, "");
  };
  visit(root, "");
}

/** Reference labels ignore case and extra spaces. */
function labelOf(label: string): string {
  return label.replace(/\s+/g, " ").trim().toLowerCase();
}

function partsOf(nodes: PhrasingContent[], url: string | null = null): Part[] {
  return nodes.flatMap((node, index): Part[] => {
    if (node.type === "link") return partsOf(node.children, node.url).concat({ text: "", url: node.url });
    // Handled by resolveLinks, because its address may be in another part of the text, and its beginning on another line.
    if (node.type === "linkReference") {
      const before = nodes[index - 1];
      const ends = before?.type === "text" && before.value.endsWith("]") && node.referenceType === "shortcut";
      const label = ends ? "" : `[${node.label ?? node.identifier}]`;
      return [{ text: "[", url }, ...partsOf(node.children), { text: `]${label}`, url }];
    }
    if (node.type === "break") return [{ text: "\n", url }];
    if (node.type === "text") return [{ text: node.value, url }];
    return [{ text: "", url }]; // an image
  });
}

/** Adds the lines of a block. The words of a link share a line. */
function push(lines: Line[], parts: Part[], place: Pick<Line, "block" | "heading" | "at" | "mark">): void {
  let line: Line = { ...place, parts: [], image: false, link: 0, broken: false };
  lines.push(line);
  let at = place.at;
  for (const { text, url } of parts) {
    const last = line.parts.at(-1);
    if (text === "" && url === null) {
      line.image = true;
      continue;
    }
    if (url !== null) {
      if (last && last.url === url) last.text += text;
      else line.parts.push({ text, url });
      at += text.split("\n").length - 1;
      continue;
    }
    for (const [index, words] of text.split("\n").entries()) {
      if (index > 0) {
        line = { ...place, at: ++at, mark: "", parts: [], image: false, link: 0, broken: false };
        lines.push(line);
      }
      const end = line.parts.at(-1);
      if (end && end.url === null) end.text += words;
      else if (words !== "") line.parts.push({ text: words, url: null });
    }
  }
}

const linkEnd = /\](?:\[([^[\]]{0,100})\]|\(<?([^()<>\s]{0,2000})>?(?:[ \t]"[^"]{0,200}")?\))/g;

/** Resolves numbered links without a definition, and links that began on an earlier line. */
function resolveLinks(lines: Line[], references: Map<string, string>): Line[] {
  let opened: number | null = null;
  for (const [index, line] of lines.entries()) {
    let closed: string | null = null;
    line.parts = line.parts.flatMap((part) => {
      if (part.url !== null) return [part];
      const { parts, before } = splitLinks(part.text, references);
      closed ??= before;
      return parts;
    });
    if (closed !== null && opened !== null) {
      for (const inside of lines.slice(opened, index + 1)) enclose(inside, closed, index + 1);
      const [first] = lines[opened]?.parts ?? [];
      if (first) first.text = first.text.trimStart().slice(1);
    }
    // Links contain neither links nor headings, so the bracket was just a bracket.
    const within = opened !== null && lines[opened]?.block === line.block;
    const other =
      (line.heading > 0 && !within) ||
      line.parts.some((part) => part.url !== null && part.text.trim() !== "");
    if (closed !== null || other) opened = null;
    const first = textOf(line).trimStart();
    if (line.parts[0]?.url !== null || !first.startsWith("[") || closes(first)) continue;
    opened = index;
  }
  const open = opened === null ? null : (lines[opened] ?? null);
  if (open?.parts[0]) {
    open.broken = true;
    open.parts[0].text = open.parts[0].text.trimStart().slice(1);
  }
  const end = lines.at(-1)?.parts.at(-1);
  const address = end?.url === null ? end.text.lastIndexOf("](") : -1;
  if (end && address >= 0 && !end.text.includes(")", address)) {
    const words = end.text.slice(0, address);
    const bracket = openingOf(words);
    end.text = `${words.slice(0, Math.max(0, bracket))}${words.slice(bracket + 1)}`;
    Object.assign(lines.at(-1) ?? {}, { broken: true });
  }
  for (const part of lines.flatMap((line) => line.parts)) {
    part.text = removeBackslashes(part.text);
    part.url = part.url && dropLogins(part.url.replaceAll(literal, ""));
  }
  return lines.filter((line) => line.parts.some((part) => part.text.trim() !== "" || part.url));
}

function enclose(line: Line, url: string, link: number): void {
  line.link = link;
  for (const part of line.parts) part.url ??= url;
}

/** The parts of a text, and the address of a link that ends in it but began earlier. */
function splitLinks(text: string, references: Map<string, string>): { parts: Part[]; before: string | null } {
  const parts: Part[] = [];
  let before: string | null = null;
  let from = 0;
  for (const match of text.matchAll(linkEnd)) {
    const words = text.slice(from, match.index);
    const open = openingOf(words);
    const label = match[1] || words.slice(open + 1);
    const url = match[2] ?? references.get(labelOf(label)) ?? (/^\d{1,5}$/.test(label) ? "" : null);
    if (url === null) continue; // brackets that are not a link
    if (open < 0) before ??= url;
    if (open > 0) parts.push({ text: words.slice(0, open), url: null });
    parts.push({ text: words.slice(open + 1), url });
    from = match.index + match[0].length;
  }
  if (from < text.length) parts.push({ text: text.slice(from), url: null });
  return { parts, before };
}

/** The position of the last unclosed bracket, or -1. */
function openingOf(text: string): number {
  let closed = 0;
  for (let at = text.length - 1; at >= 0; at--) {
    if (text[at] === "]") closed++;
    else if (text[at] === "[" && closed-- === 0) return at;
  }
  return -1;
}

/** Whether the bracket at the start of a text is closed within it. */
function closes(text: string): boolean {
  let open = 0;
  for (const character of text) {
    if (character === "[") open++;
    else if (character === "]" && --open === 0) return true;
  }
  return false;
}

/** Removes the backslashes that tools leave at line ends. */
function removeBackslashes(text: string): string {
  return text.replace(/\\+(?=\s|$)/g, "").replace(/[ \t]*\n[ \t]*/g, " ");
}

/** The words of a line. */
export function textOf(line: Line): string {
  return line.parts.map((part) => part.text).join("");
}
