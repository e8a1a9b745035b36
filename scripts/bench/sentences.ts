import { createHash } from "node:crypto";
import { toDay } from "@/lib/days";
import { isJsonLines, parseJsonLine } from "@/lib/listings/formats/jsonl";
import { listFiles } from "@/lib/listings/list-files";
import { openFile } from "@/lib/listings/open-source";
import { parseListing } from "@/lib/listings/parse";
import { readBody, readFirstLines, readLines } from "@/lib/listings/read-source";
import type { PaperRecord } from "@/lib/paper";
import { findKeySentence, toWords } from "@/lib/papers/key-sentence";
import { splitSentences } from "@/lib/papers/sentences";

/**
 * How close the key sentence of an abstract comes to the summary on Hugging Face: the F1 of the words they share,
 * without stop words, averaged over papers. Papers are split in halves by a hash of their id; the rule was made on
 * `madeOn`, so `heldOut` is the measure. For comparison, other choices from the same abstract.
 */
export async function benchSentences(folder: string, limit: number): Promise<object> {
  const papers = new Map<string, PaperRecord>();
  let unread = 0;
  for (const file of await listFiles(folder)) {
    try {
      for await (const paper of readAny(file)) {
        if (paper.arxivId && paper.summary && paper.abstract && papers.size < limit)
          papers.set(paper.arxivId, paper);
      }
    } catch (error) {
      unread++;
      console.error(`${file}: not read: ${error instanceof Error ? error.message : error}`);
    }
  }
  const halves = { madeOn: [] as PaperRecord[], heldOut: [] as PaperRecord[] };
  for (const [id, paper] of papers) {
    const isEven = (createHash("sha256").update(id).digest()[0] ?? 0) % 2 === 0;
    halves[isEven ? "madeOn" : "heldOut"].push(paper);
  }
  return { papers: papers.size, unread, madeOn: compare(halves.madeOn), heldOut: compare(halves.heldOut) };
}

/** The papers of a listing in any format. */
async function* readAny(file: string): AsyncIterable<PaperRecord> {
  const source = await openFile(file);
  if (!isJsonLines(await readFirstLines(source))) {
    const context = { source: file, url: null, pageDate: null, kind: null, today: toDay(new Date()) };
    for (const { paper } of parseListing(await readBody(source), context).entries) yield paper;
    return;
  }
  let place = 0;
  for await (const line of readLines(source)) {
    const parsed = typeof line === "string" ? parseJsonLine(line, ++place) : line;
    if ("paper" in parsed) yield parsed.paper;
  }
}

// About what two lines of a card hold.
const twoLines = 160;
const cue = /\b(?:we|this paper|this work)\b.{0,40}\b(?:propose|introduce|present)|\bthis paper\b/i;

function compare(papers: PaperRecord[]): object {
  const score = (choose: (paper: PaperRecord, abstract: string, sentences: string[]) => string) => {
    let sum = 0;
    for (const paper of papers) {
      const abstract = paper.abstract ?? "";
      sum += sharedWords(choose(paper, abstract, splitSentences(abstract)), paper.summary?.text ?? "");
    }
    return Number((sum / papers.length).toFixed(3));
  };
  return {
    papers: papers.length,
    keySentence: score((paper, abstract) => findKeySentence(paper.title, abstract)),
    firstTwoLines: score((_, abstract) => abstract.slice(0, twoLines)),
    firstSentence: score((_, _1, [first = ""]) => first),
    firstWithCue: score((_, _1, all) => all.find((one) => cue.test(one)) ?? all[0] ?? ""),
    bestPossible: score((paper, _, all) => {
      const summary = paper.summary?.text ?? "";
      return all.toSorted((a, b) => sharedWords(b, summary) - sharedWords(a, summary))[0] ?? "";
    }),
  };
}

/** The F1 of the words that two texts share. */
function sharedWords(one: string, other: string): number {
  const [a, b] = [new Set(toWords(one)), new Set(toWords(other))];
  const shared = [...a].filter((word) => b.has(word)).length;
  return shared === 0 ? 0 : (2 * shared) / (a.size + b.size);
}
