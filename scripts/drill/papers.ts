import { moveDay } from "@/lib/days";

// Made-up papers: enough different words that searches find few or many of them.
const nouns =
  "lamp tide orchard kettle compass lantern bridge meadow anchor violin harbor candle ladder mirror pebble quarry saddle timber valley whistle".split(
    " ",
  );
const verbs = "measuring sorting folding counting mapping tuning sharing pruning tracing weaving".split(" ");
const at = (words: string[], number: number) => words[number % words.length] ?? "";

const perDay = 30;
const dayOf = (number: number) => moveDay("2025-12-20", -Math.floor(number / perDay));

/** The days that readers look at, newest first. */
export const days = Array.from({ length: 5 }, (_, back) => dayOf(back * perDay));
export const idOf = (number: number) => `2512.${String(number).padStart(5, "0")}`;
export const wordOf = (number: number) => at(nouns, number);

/** Lines of a listing: the papers from `first` on. */
export function paperLines(first: number, count: number): string {
  const lines = Array.from({ length: count }, (_, index) => {
    const number = first + index;
    const [one, two, three] = [
      at(nouns, number),
      at(nouns, number * 7 + 3),
      at(nouns, Math.floor(number / 20)),
    ];
    return JSON.stringify({
      id: idOf(number),
      title: `${at(verbs, number)} the ${one} and the ${two}, part ${number}`,
      abstract: `We study the ${one} beside the ${two}. ${`In a ${three} the ${two} is often the ${one}. `.repeat(12)}`,
      authors: [`Ada ${one}`, `Ben ${two}`, `Cleo ${three}`],
      listedOn: dayOf(number),
      upvotes: number % 90,
    });
  });
  return `${lines.join("\n")}\n`;
}

/** A paper whose title says how often it was changed, on a day of its own. */
export const probe = {
  path: "/papers/date/2025-12-24",
  line: (version: number) =>
    `${JSON.stringify({ id: "2511.99999", title: `Probe version ${version} of the drill`, abstract: "It changes.", listedOn: "2025-12-24" })}\n`,
  versionIn: (html: string) => Number(/Probe version (\d+) of/.exec(html)?.[1] ?? Number.NaN),
};
