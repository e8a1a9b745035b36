import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parseText } from "@/lib/listings/formats/text";
import { toLines } from "@/lib/listings/formats/text-lines";
import { parseListing } from "@/lib/listings/parse";
import { contextOf } from "@/tests/library";

const seed = Number(process.env.SEED ?? 1);
const months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const papersOf = (body: string) => parseListing(body, contextOf()).entries.map(({ paper }) => paper);

/** How various tools print a date and the comment count beside it. */
const dateLayouts: ((date: string, comments: number, id: string) => string)[] = [
  (date, comments, id) => `${date}[${comments}](https://huggingface.co/papers/${id}#community)`,
  (date, comments, id) => `${date} [${comments}](https://huggingface.co/papers/${id}#community)`,
  (date, comments, id) => `${date}[ ${comments} ](/papers/${id}#community)`,
  (date, comments, id) => `${date}\n\n[${comments}](https://huggingface.co/papers/${id}#community)`,
  (date, comments, id) => `[${date}](/papers/${id})[${comments}](/papers/${id}#community)`,
  (date, comments, id) => `${date}\n[\n${comments}\n](https://huggingface.co/papers/${id}#community)`,
  (date, comments, id) => `**${date}** [${comments}][c${id}]\n\n[c${id}]: /papers/${id}#community`,
  (date, comments) => `${date}[${comments}]`,
  (date, comments) => `${date} [ ${comments}][68]`,
  (date, comments) => `${date} ${comments}`,
  (date, comments) => `Published on ${date} [${comments}]`,
];

test.each(dateLayouts)(
  "a date and a comment count are told apart, whatever their values: layout %#",
  (layOut) => {
    const day = fc.record({
      month: fc.nat(11),
      date: fc.integer({ min: 1, max: 28 }),
      year: fc.option(fc.constantFrom(2023, 2024, 2026)),
      comments: fc.nat(2500),
    });
    fc.assert(
      fc.property(fc.array(day, { minLength: 1, maxLength: 4 }), (days) => {
        const cards = days.map(({ month, date, year, comments }, at) => {
          const id = `2601.0000${at}`;
          const line = layOut(`${months[month]} ${date}${year ? `, ${year}` : ""}`, comments, id);
          return `### [Kettle ${at}](https://huggingface.co/papers/${id})\n\n[- 3 authors](https://huggingface.co/papers/${id})\n\n·\n\n${line}\n`;
        });
        const papers = papersOf(`# Daily Papers\n\nDec 31\n\n${cards.join("\n")}`);
        const two = (number: number) => String(number).padStart(2, "0");
        expect(papers.map((paper) => [paper.publishedOn, paper.commentCount])).toEqual(
          days.map(({ month, date, year, comments }) => [
            `${year ?? (days.some((one) => one.year === 2026) ? 2027 : 2026)}-${two(month + 1)}-${two(date)}`,
            comments,
          ]),
        );
      }),
      { seed, numRuns: 60 },
    );
  },
);

type Card = { id: string; title: string; abstract: string; authors: number };
type Style = {
  bullet: string;
  underlined: boolean;
  references: boolean;
  newline: string;
  breaks: number[];
  box: boolean;
};

/** Prints the cards in the Markdown style of some tool. */
function print(cards: Card[], { bullet, underlined, references, newline, breaks, box }: Style): string {
  const targets: string[] = [];
  let turn = 0;
  /** Replaces some of the spaces with line breaks. */
  const wrap = (text: string) =>
    text.replace(/ /g, () => (breaks[turn++ % breaks.length] === 0 ? "\n" : " "));
  const link = (words: string, url: string) => {
    if (!references) return `[${words}](${url})`;
    targets.push(`[to-${targets.length}]: ${url}`);
    return `[${words}][to-${targets.length - 1}]`;
  };
  const head = underlined ? "Daily Papers\n============" : "# Daily Papers";
  const body = cards.map(({ id, title, abstract, authors }) => {
    const url = `https://huggingface.co/papers/${id}`;
    const votes = link(
      `${box ? "[ ] " : ""}${authors}`,
      `https://huggingface.co/login?next=%2Fpapers%2F${id}`,
    );
    const name = underlined ? `${link(wrap(title), url)}\n-----` : `### ${link(wrap(title), url)}`;
    return `${votes}\n\n${name}\n\n${link(wrap(abstract), url)}\n\n${bullet} ![](https://huggingface.co/a.png)\n${bullet} ${link(`${authors} authors`, url)}\n\n·\n\nMay 2\n`;
  });
  return [head, "Oct 2", ...body, targets.join("\n")].join("\n\n").replaceAll("\n", newline);
}

test("a listing gives the same papers in every Markdown style", () => {
  const word = fc.constantFrom(
    "kettles",
    "R^3",
    "(of",
    "tin)",
    "a*b",
    "snake_case",
    "GPT-4",
    "2.5,",
    "`x`",
    "<think>",
    "and",
    "pass@k",
  );
  const words = (max: number) =>
    fc.array(word, { minLength: 1, maxLength: max }).map((all) => `Kettle ${all.join(" ")} end.`);
  const card = fc.record({ title: words(9), abstract: words(60), authors: fc.integer({ min: 1, max: 99 }) });
  const style = fc.record({
    bullet: fc.constantFrom("*", "-", "+"),
    underlined: fc.boolean(),
    references: fc.boolean(),
    newline: fc.constantFrom("\n", "\r\n"),
    breaks: fc.array(fc.nat(4), { minLength: 1, maxLength: 9 }),
    box: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(card, { minLength: 1, maxLength: 5 }), style, (generated, chosen) => {
      const cards = generated.map((one, at) => ({ ...one, id: `2601.0001${at}` }));
      const papers = papersOf(print(cards, chosen));
      expect(
        papers.map(({ arxivId, title, abstract, authorCount, upvotes, publishedOn }) => ({
          arxivId,
          title,
          abstract,
          authorCount,
          upvotes,
          publishedOn,
        })),
      ).toEqual(
        cards.map(({ id, title, abstract, authors }) => ({
          arxivId: id,
          title,
          abstract,
          authorCount: authors,
          upvotes: authors,
          publishedOn: "2026-05-02",
        })),
      );
    }),
    { seed, numRuns: 150 },
  );
});

const readable =
  /^(?:readme|changelog|changes|history|license|licence|notice|authors|contributing).*|.*\.(?:md|markdown|txt|rst)$/i;

function* textsUnder(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* textsUnder(file);
    else if (entry.isFile() && readable.test(entry.name) && !/\.[cm]?[jt]s$/.test(entry.name)) yield file;
  }
}

test("README files and other texts of npm packages are not listings", () => {
  let count = 0;
  for (const file of textsUnder(path.resolve("node_modules"))) {
    if (statSync(file).size > 200_000) continue;
    expect(parseText(readFileSync(file, "utf8"), contextOf()), file).toBeNull();
    if (++count === 600) break;
  }
  expect(count).toBeGreaterThanOrEqual(100);
});

const news =
  "How we moved our newsletter\n\nPublished on Oct 12, 2023\n\nLast month we moved.\n\nWhat went wrong\n\nThe name was old.\n";
test.each([
  news,
  `${news}\n${news}\n${news}`,
  "# Daily Papers of our town\n\n### The mayor\n\nPublished on Oct 12, 2023\n\nHe spoke.\n\n### The baker\n\nHe baked.\n",
  "Daily Papers\n\nPublished on Oct 12, 2023\n\nWe read three of them.\n\nPublished on Oct 13, 2023\n\nAnd two.\n",
  "# Papers we like\n\n### [Kettles](https://huggingface.co/papers/2601.00001)\n\nNice.\n\n### [Spouts](https://huggingface.co/papers/2601.00002)\n\nNicer.\n",
  "# Changes\n\n## 2.0\n\n- 3 authors joined\n\n· Oct 4, 2023\n\n## 1.0\n\n- 2 authors\n",
  "From: ann\nSubject: Re: Trending Papers\n\n> Oct 4, 2023\n> 5 authors wrote:\n\n-\n\nSubmitted by bo\n",
  "arXiv:2412.00009 is out. Abstract\n\nWe count.\n",
])("a text with only one sign of a listing is not a listing: %#", (body) => {
  expect(() => parseListing(body, contextOf())).toThrow(/^no format recognizes this/);
});

// The work is counted in lines, because timing is unreliable in a test.
test.each([
  "[",
  "> a\n",
  "*",
  "_a",
  "<",
  "`",
  "- a\n",
  "[a](b)",
  "[\n",
  "](b)\n\n",
  "- 5 authors\n\n·\n\nMay 2\n\n",
  "Upvote\n\n",
])("a text of nothing but %j becomes at most twice as many lines as it has", (unit) => {
  for (const length of [5_000, 10_000, 20_000]) {
    const body = unit.repeat(length / unit.length);
    expect(toLines(body).length).toBeLessThanOrEqual(body.split("\n").length * 2);
  }
});

test.each([">", "- ", "+ ", "1. ", "> - "])(
  "lists and quotes nested too deeply are refused with a one-line error: %j",
  (mark) => {
    expect(() => toLines(`Daily Papers\n\n${mark.repeat(20_000)}a`)).toThrow(
      /^text: expected lists and quotes at most 50 deep, got ".{1,70}"$/u,
    );
    const nested = Array.from({ length: 300 }, (_, at) => `${"  ".repeat(at)}- a`).join("\n");
    expect(() => toLines(nested)).toThrow(/^text: expected lists and quotes at most 50 deep/);
    expect(toLines(`${mark.repeat(20)}a`).length).toBeGreaterThan(0);
  },
);
