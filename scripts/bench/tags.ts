import { createHash } from "node:crypto";
import { isJsonLines, parseJsonLine } from "@/lib/listings/formats/jsonl";
import { openFile } from "@/lib/listings/open-source";
import { readFirstLines, readLines } from "@/lib/listings/read-source";
import type { PaperRecord } from "@/lib/paper";
import { deriveTags } from "@/lib/tags/derive";
import { countPaper, shippedCounts, toPriors } from "@/lib/tags/priors";
import { readKeyWords, toTagName } from "@/lib/tags/topics";

/** Reads the papers of a JSON Lines file. Throws for any other file. */
export async function* readPapers(file: string, limit: number): AsyncIterable<PaperRecord> {
  const source = await openFile(file);
  if (!isJsonLines(await readFirstLines(source))) throw new Error(`${file}: expected JSON Lines of papers`);
  let place = 0;
  for await (const line of readLines(source)) {
    if (place === limit) return;
    place++;
    const parsed = typeof line === "string" ? parseJsonLine(line, place) : line;
    if ("paper" in parsed) yield parsed.paper;
  }
}

/** The half that `lib/tags/topics.txt` and `words.txt` were drawn up from, and that the weights were fitted to. */
function isKnownHalf(id: string): boolean {
  return (createHash("sha256").update(id).digest()[0] ?? 0) % 2 === 0;
}

/**
 * How close derived tags come to the keywords on Hugging Face, both in the library's spelling, on the half of the
 * papers that the topics were not drawn up from: in a library with the other half, and in an empty one. For comparison,
 * the most frequent phrases of the text.
 */
export async function benchTags(file: string, limit: number): Promise<object> {
  const raw = new Set<string>();
  const spellings = new Set<string>();
  const counts = shippedCounts();
  const shipped = toPriors(counts);
  let drawnFrom = 0;
  const measured: PaperRecord[] = [];
  for await (const paper of readPapers(file, limit)) {
    const words = keywordsOf(paper);
    if (words.length === 0) continue;
    for (const word of words) {
      raw.add(word);
      spellings.add(toTagName(word));
    }
    if (isKnownHalf(paper.arxivId ?? "")) {
      drawnFrom++;
      countPaper(counts, paper.title, paper.abstract, words.map(toTagName));
    } else measured.push(paper);
  }
  const learned = toPriors(counts);
  return {
    papers: { drawnFrom, measured: measured.length },
    keywords: { raw: raw.size, inOneSpelling: spellings.size },
    derived: compare(measured, ({ title, abstract }) => deriveTags(title, abstract, learned)),
    inAnEmptyLibrary: compare(measured, ({ title, abstract }) => deriveTags(title, abstract, shipped)),
    mostFrequentPhrases: compare(measured, ({ title, abstract }) =>
      mostFrequent(`${title}. ${abstract ?? ""}`),
    ),
  };
}

function keywordsOf(paper: PaperRecord): string[] {
  return paper.tags.filter((tag) => tag.source === "hub").map((tag) => tag.name);
}

function compare(papers: PaperRecord[], tag: (paper: PaperRecord) => string[]): object {
  let [right, given, wanted, without] = [0, 0, 0, 0];
  const sizes: number[] = [];
  for (const paper of papers) {
    const want = new Set(keywordsOf(paper).map(toTagName));
    const got = tag(paper);
    const hits = got.filter((name) => want.has(name)).length;
    right += hits;
    given += got.length;
    wanted += want.size;
    sizes.push(got.length);
    if (hits === 0) without++;
  }
  const round = (value: number) => Number(value.toFixed(3));
  return {
    precision: round(right / given),
    recall: round(right / wanted),
    f1: round((2 * right) / (given + wanted)),
    tagsPerPaper: round(given / papers.length),
    fewestAndMost: [Math.min(...sizes), Math.max(...sizes)],
    papersWithoutARightOne: round(without / papers.length),
  };
}

const grammar = new Set(
  "a an the and or of in on at by for from to with as is are was were be been it its this that these those we our they their which can has have not also than such into while".split(
    " ",
  ),
);

/**
 * The eight most frequent sequences of one to three words without a function word at either end. Ties go to the longer
 * one.
 */
function mostFrequent(text: string): string[] {
  const counts = new Map<string, { count: number; words: number }>();
  const words = readKeyWords(text);
  for (let at = 0; at < words.length; at++) {
    for (let length = 1; length <= 3 && at + length <= words.length; length++) {
      const word = words[at + length - 1];
      if (!word || (length > 1 && word.afterBreak) || grammar.has(word.key)) break;
      const phrase = words
        .slice(at, at + length)
        .map(({ raw }) => raw)
        .join(" ");
      const known = counts.get(phrase);
      counts.set(phrase, { count: (known?.count ?? 0) + 1, words: length });
    }
  }
  const ranked = [...counts].sort(([, a], [, b]) => b.count - a.count || b.words - a.words);
  return [...new Set(ranked.slice(0, 30).map(([phrase]) => toTagName(phrase)))].slice(0, 8);
}
