import { derive } from "../catalog/drafts";
import { withinBounds } from "../listings/bounds";
import { isLibraryHeader, parseJsonLine } from "../listings/formats/jsonl";
import type { Batch } from "../listings/listing";
import type { InvalidText } from "../listings/read-source";
import { packSource } from "../listings/source-bytes";
import type { Priors } from "../tags/priors";

/** Lines of a source with their numbers, one paper each, without blank ones. */
export type Lines = [number: number, line: string | InvalidText][];

/** Parses lines in batches, in order, and may derive what `parseAndDerive` does. */
export type LinesParser = (all: AsyncIterable<Lines>, priors: Priors) => AsyncIterable<Batch>;

export function parseLines(lines: Lines): Batch {
  const batch: Batch = { entries: [], rejections: [] };
  for (const [place, line] of lines) {
    if (typeof line === "string" && isLibraryHeader(line)) continue;
    const parsed = typeof line === "string" ? parseJsonLine(line, place) : { entry: place, ...line };
    if ("paper" in parsed) batch.entries.push(parsed);
    else batch.rejections.push(parsed);
  }
  return withinBounds(batch);
}

/** Parses lines, and computes everything about their papers that does not need the library, except for its priors. */
export function parseAndDerive(lines: Lines, priors: Priors): Batch {
  const { entries, rejections } = parseLines(lines);
  return {
    entries: entries.map((entry) => {
      const derived = { ...derive(entry.paper, priors), packed: packSource(entry.source) };
      return { ...entry, source: null, derived };
    }),
    rejections,
  };
}
