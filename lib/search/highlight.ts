import { escapeHtml } from "../html";
import { findFormulas } from "../tex/formulas";
import { extrasOf, scan, scanFor } from "./tokens";
import { type Tree, wantedTerms } from "./tree";

type Range = { start: number; end: number };

// Two to four lines of a result.
const excerptLength = 320;

/** The whole text as escaped HTML whose only tag is `<mark>`, around each match. */
export function highlight(text: string, query: Tree): string {
  return mark(text, findRanges(text, query), 0, text.length);
}

/**
 * About 320 characters of a text, where most different matches are, with the matches marked and `…` at the cuts. `preferred` is a
 * part of the text: the excerpt begins there if it has a match, and elsewhere is at most one different match more. It is only asked
 * for if the text is cut and has a match.
 */
export function excerpt(text: string, query: Tree, preferred: () => string | null = () => null): string {
  if (text.length <= excerptLength) return highlight(text, query);
  const ranges = findRanges(text, query);
  const countDifferent = (some: Range[]) =>
    new Set(some.map(({ start, end }) => text.slice(start, end).toLowerCase())).size;
  let best = 0;
  let bestCount = 0;
  let [first, next] = [0, 0];
  for (const { start } of ranges) {
    // Both ends only move forward, so a text is scanned once, however repetitive it is.
    const from = Math.max(0, start - excerptLength / 4);
    while ((ranges[first]?.start ?? from) < from) first++;
    while ((ranges[next]?.end ?? Number.POSITIVE_INFINITY) <= from + excerptLength) next++;
    const inside = ranges.slice(first, next);
    const different = countDifferent(inside);
    if (different > bestCount) [best, bestCount] = [from, different];
  }
  const part = ranges.length === 0 ? null : preferred();
  const begins = part === null ? -1 : text.indexOf(part);
  if (part !== null && begins >= 0) {
    const within = (length: number) =>
      countDifferent(ranges.filter(({ start, end }) => start >= begins && end <= begins + length));
    if (within(part.length) > 0 && within(excerptLength) >= bestCount - 1) best = begins;
  }
  const formulas = findFormulas(text);
  const around = (at: number) => formulas.find(({ start, end }) => start < at && at < end);
  let from = best === 0 || best === begins ? best : wordStart(text, best);
  from = around(from)?.start ?? from; // never cut a formula in half
  let to = Math.max(wordEnd(text, Math.min(text.length, from + excerptLength)), from);
  to = around(to)?.end ?? to;
  return `${from > 0 ? "… " : ""}${mark(text, ranges, from, to)}${to < text.length ? " …" : ""}`;
}

function wordStart(text: string, at: number): number {
  const blank = text.slice(at, at + 40).search(/\s/);
  return blank < 0 ? at : at + blank + 1;
}

function wordEnd(text: string, at: number): number {
  if (at === text.length) return at;
  const blank = text.slice(Math.max(0, at - 40), at).search(/\s\S*$/);
  return blank < 0 ? at : Math.max(0, at - 40) + blank;
}

/** The matches as ranges of the raw text, in order, without overlaps. */
function findRanges(text: string, query: Tree): Range[] {
  const forms = wantedTerms(query);
  const single = new Set(forms.flatMap((form) => (form.length === 1 ? form : [])));
  const phrases = forms.filter((form) => form.length > 1);
  const units = phrases.length === 0 ? scanFor(text, [...single]) : scan(text);
  const terms = units.flatMap(({ parts }) => parts);
  const found: Range[] = terms.filter(({ term }) => single.has(term));
  for (const unit of units)
    if (unit.joined || unit.aliases.length > 0)
      found.push(...extrasOf(unit).filter(({ term }) => single.has(term)));
  for (const phrase of phrases)
    for (let at = 0; at + phrase.length <= terms.length; at++) {
      if (!phrase.every((term, step) => terms[at + step]?.term === term)) continue;
      const [first, last] = [terms[at], terms[at + phrase.length - 1]];
      if (first && last) found.push({ start: first.start, end: last.end });
    }
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  const ranges: Range[] = [];
  for (const { start, end } of found) {
    const last = ranges.at(-1);
    if (last && start < last.end) last.end = Math.max(last.end, end);
    else ranges.push({ start, end });
  }
  return ranges;
}

function mark(text: string, ranges: Range[], from: number, to: number): string {
  let html = "";
  let at = from;
  for (const { start, end } of ranges) {
    if (start < at || end > to) continue;
    html += `${escapeHtml(text.slice(at, start))}<mark>${escapeHtml(text.slice(start, end))}</mark>`;
    at = end;
  }
  return html + escapeHtml(text.slice(at, to));
}
