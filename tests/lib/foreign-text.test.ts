import { expect, test, vi } from "vitest";
import { toTextId } from "@/lib/catalog/text-id";
import { toLine } from "@/lib/digest/words";
import { wrap } from "@/lib/digest/wrap";
import { cleanLine, cleanText, cleanWords, withoutTags } from "@/lib/listings/clean";
import { splitNames, withoutId } from "@/lib/listings/formats/arxiv-entries";
import { parseBibtex } from "@/lib/listings/formats/bibtex";
import { fromTex } from "@/lib/listings/formats/bibtex-text";
import { parseJsonLine } from "@/lib/listings/formats/jsonl";
import { readBookmarkLinks } from "@/lib/listings/formats/netscape-links";
import { parseRis } from "@/lib/listings/formats/ris";
import { parseListing } from "@/lib/listings/parse";
import { isPlausible } from "@/lib/listings/plausible";
import type { PaperRecord } from "@/lib/paper";
import { excerpt, highlight } from "@/lib/search/highlight";
import { parseQuery } from "@/lib/search/language";
import { toTerms } from "@/lib/search/terms";
import { deriveTags } from "@/lib/tags/derive";
import { shippedCounts, toPriors } from "@/lib/tags/priors";
import { toPlain } from "@/lib/tex/split";
import { toSpoken, typeset, typesetMarked } from "@/lib/tex/typeset";
import { contextOf } from "@/tests/library";
import { countSteps } from "@/tests/steps";

await vi.hoisted(async () => (await import("@/tests/steps")).beginCounting());

const priors = toPriors(shippedCounts());

// Pieces of text that once took more than linear time somewhere, or could.
const pieces = [
  "\\(",
  "\\[",
  "\\begin{equation}",
  "$",
  "$$",
  "$x$ ",
  "\\$",
  "\\emph{",
  "{\\em ",
  "{\\i}",
  "\\deg ",
  "``a",
  "`a'",
  "~",
  "--",
  "(",
  ")",
  "((a), ",
  "ab1-",
  "d'alembert'",
  "multi-",
  "neural ",
  "a<a ",
  "<p>",
  "</p> ",
  "(arXiv:",
  "&amp;",
  "\n",
  " ",
  "ไ",
  "神",
  "…",
  "https://",
  "[",
  "![",
  "> ",
  "* ",
  "*a ",
  "_a",
  "`",
  "<a",
  "[a](b ",
  "&",
  "#\n",
  "- a\n  ",
  "| a ",
  "\\\n",
  "May 2[6] ",
];

const query = parseQuery("neural a ไ 神 alembert multi");
const record = (text: string) => ({ title: text, abstract: text, authors: [text] }) as PaperRecord; // what the checks read
const functions: [string, (text: string) => unknown][] = [
  ["cleanText", cleanText],
  ["cleanLine", cleanLine],
  ["cleanWords", cleanWords],
  ["splitNames", splitNames],
  ["withoutId", (text) => withoutId(`${text})`)],
  ["withoutTags", withoutTags],
  [
    "isPlausible",
    (text) => (["title", "abstract", "authors"] as const).map((field) => isPlausible(field, record(text))),
  ],
  [
    "parseJsonLine",
    (text) => parseJsonLine(JSON.stringify({ title: "Lamps", abstract: text, authors: text }), 1),
  ],
  ["parseListing of text", readText],
  ["fromTex", fromTex],
  ["parseBibtex", (text) => parseBibtex(`@misc{a, title = {Lamps}, author = {${text}}}`, contextOf())],
  [
    "parseRis",
    (text) => parseRis(`TY  - GEN\nTI  - Lamps\nAU  - ${text}\nN1  - ${text}\nER  - `, contextOf()),
  ],
  ["readBookmarkLinks", (text) => readBookmarkLinks(`<DL><DT><A HREF="${text}">${text}</A><DD>${text}`)],
  ["toTextId", (text) => toTextId(text, text)],
  [
    "toTerms",
    (text) =>
      toTerms({
        title: text,
        abstract: text,
        authors: [text],
        tags: [text],
        organization: [text],
        submitter: [text],
        has: [],
      }),
  ],
  ["deriveTags", (text) => deriveTags(text, text, priors)],
  ["highlight", (text) => highlight(text, query)],
  ["excerpt", (text) => excerpt(text, query)],
  ["toLine", (text) => toLine(text, 400)],
  ["wrap", (text) => wrap(text)],
  ["toPlain", toPlain],
  ["toSpoken", toSpoken],
  ["typeset", (text) => typeset(text, { display: true, named: true })],
  ["typesetMarked", (text) => typesetMarked(highlight(text, query))],
];

/** Parses a page of one card whose abstract is the text. A text refused for its nesting counts as parsed. */
function readText(text: string): unknown {
  const page = `# Daily Papers\n\nDec 11\n\n### [Lamps](https://huggingface.co/papers/2512.00001)\n\n${text}\n\n· 3 authors\n`;
  try {
    return parseListing(page, contextOf());
  } catch (error) {
    return error;
  }
}

const textOf = (piece: string, length: number) => piece.repeat(Math.ceil(length / piece.length));

test.each(functions)(
  "%s: texts twice as long take twice as many steps, not four times as many",
  (_, work) => {
    const stepsOf = (length: number, some = pieces) =>
      countSteps(() => {
        for (const piece of some) work(textOf(piece, length));
      });
    // Longer than the 2,000 characters that a formula is looked for in, or the second half would cost more than the first.
    const [short, long] = [8000, 16_000];
    for (const piece of pieces) work(textOf(piece, short)); // fills the caches, so that filling them is not counted
    const [once, twice] = [stepsOf(short), stepsOf(long)];
    expect(once).toBeGreaterThan(short / 2);
    if (twice / once < 2.3) return;
    const costs = pieces.map(
      (piece) => `${(stepsOf(long, [piece]) / stepsOf(short, [piece])).toFixed(1)} ${piece}`,
    );
    expect.fail(`${(twice / once).toFixed(1)} times; by piece:\n${costs.join("\n")}`);
  },
);
