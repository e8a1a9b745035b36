import { setImmediate as nextTurn } from "node:timers/promises";
import type { Database } from "../db/client";
import { rows } from "../db/rows";
import { firstKey, perDay } from "../order-key";
import { conditionState } from "../papers/filter";
import { type DayCounts, type Found, type Span, toRuns, toSpan } from "./day-counts";

export type TagTrend = {
  name: string;
  /** Papers with the tag in the last four weeks, and before. */
  now: Found;
  before: Found;
  /** Papers with it in each span. */
  series: number[];
};

export type TagTrends = {
  now: Span;
  before: Span;
  /** Spans of four weeks. The last one is `now`. */
  spans: Span[];
  /** False if there are too few papers to compare. */
  enough: boolean;
  /** Most significant first. */
  rising: TagTrend[];
  falling: TagTrend[];
};

/** The rule for showing a tag, so that the page can state it. */
export const tagRule = {
  spanDays: 28,
  spans: 13,
  /** With fewer papers there is no comparison. */
  minNow: 50,
  minBefore: 200,
  /** The least number of current papers for a rising tag, and the least share of earlier papers for a falling one. */
  minRisen: 5,
  minFallenShare: 0.01,
  /**
   * The least relative change of a tag's share. It must also exceed what chance would explain in one of this many tags.
   */
  minChange: 0.25,
  oneIn: 200,
  maxShown: 8,
};
// The number of standard deviations beyond which one in two hundred lies.
const significance = 2.58;

// Batch size: tags of so many papers, or papers of so many tags, per query. Each takes a few milliseconds.
const papersAtOnce = 5000;
const tagsAtOnce = 50;
// If one paper in a hundred has a tag, about seven of these have it, and at least three with odds of 30 to 1.
const sampleSize = 700;

/**
 * The tags whose share of papers changed most significantly: the last four weeks compared with the 48 before. arXiv
 * categories are left out, because which of them appear depends on what was imported.
 */
export async function findTagTrends(db: Database, counts: DayCounts, today: number): Promise<TagTrends> {
  const { spanDays, spans: most, minNow, minBefore } = tagRule;
  const first = today - most * spanDays + 1;
  const nowFrom = today - spanDays + 1;
  const begins = Math.max(first, counts.find(({ day }) => day >= first)?.day ?? first);
  const skipped = Math.min(Math.floor((begins - first) / spanDays), most - 1);
  const from = first + skipped * spanDays;
  const spans: Span[] = [];
  for (let start = from; start <= nowFrom; start += spanDays) {
    spans.push(toSpan(counts, start, start + spanDays - 1));
  }
  const now = toSpan(counts, nowFrom, today);
  const before = toSpan(counts, from, nowFrom - 1);
  const enough = now.papers >= minNow && before.papers >= minBefore;
  if (!enough) return { now, before, spans, enough, rising: [], falling: [] };
  const names = await findCandidates(db, { from, nowFrom, today, now: now.papers, before: before.papers });
  const tallies = await tally(db, { counts, from, today, spans: spans.length, names });
  return { now, before, spans, enough, ...choose(tallies, now, before) };
}

type Bounds = { from: number; nowFrom: number; today: number; now: number; before: number };

/** Tags that may have risen or fallen: common now, or in a sample of earlier papers. */
async function findCandidates(db: Database, bounds: Bounds): Promise<string[]> {
  const { from, nowFrom, today, now, before } = bounds;
  const names = new Set<string>();
  for (const { first, last, papers, share } of [
    { first: nowFrom, last: today, papers: now, share: tagRule.minRisen / now },
    { first: from, last: nowFrom - 1, papers: before, share: tagRule.minFallenShare / 2 },
  ]) {
    const step = Math.ceil(papers / sampleSize);
    const minPapers = Math.max(2, Math.floor((papers / step) * share));
    await nextTurn();
    // CROSS JOIN makes SQLite start with the papers. It would otherwise scan every tag of the library.
    const found = await db.$queryRaw<{ name: string }[]>`
      SELECT t.name FROM "Paper" p CROSS JOIN "Tag" t
      WHERE t."paperKey" = p.key AND p."orderKey" >= ${firstKey(first)} AND p."orderKey" < ${firstKey(last + 1)}
        AND p.key % ${step} = 0 AND t.source IN ('hub', 'derived')
      GROUP BY t.name HAVING count(*) >= ${minPapers}`;
    for (const { name } of found) names.add(name);
  }
  return [...names];
}

type Tallies = {
  /** In each span, the number of papers with keywords from Hugging Face. All others have tags from their text. */
  fromHub: number[];
  tags: Map<string, { all: number[]; fromHub: number[] }>;
};

/** Counts these tags in each span. */
async function tally(
  db: Database,
  options: { counts: DayCounts; from: number; today: number; spans: number; names: string[] },
): Promise<Tallies> {
  const zeros = () => Array.from({ length: options.spans }, () => 0);
  const add = (series: number[], span: number) => {
    series[span] = (series[span] ?? 0) + 1;
  };
  const fromHub = zeros();
  const spanKeys = BigInt(tagRule.spanDays) * perDay;
  const placesPerPaper = BigInt(2 * tagRule.spans);
  const latest = await db.paper.findFirst({ orderBy: { key: "desc" }, select: { key: true } });
  // By paper key: twice its span plus 1, plus another 1 if it has keywords from Hugging Face; 0 for all other papers.
  const placed = new Uint8Array((latest?.key ?? 0) + 1);
  for (const { first, last } of toRuns(options.counts, options.from, options.today, papersAtOnce)) {
    await nextTurn();
    // One number per paper, since there are thousands. A paper's tags come either from Hugging Face or from its text,
    // never both.
    const [row] = await db.$queryRaw<{ papers: string | null }[]>`
      SELECT string_agg(CAST(
        ${placesPerPaper} * p.key + 2 * ((p."orderKey" - ${firstKey(options.from)}) / ${spanKeys}) + coalesce((
          SELECT CASE t.source WHEN 'hub' THEN 1 ELSE 0 END FROM "Tag" t
          WHERE t."paperKey" = p.key AND t.source IN ('hub', 'derived') LIMIT 1), 0) AS TEXT), ',') AS papers
      FROM "Paper" p WHERE p."orderKey" >= ${firstKey(first)} AND p."orderKey" < ${firstKey(last + 1)}`;
    const papers: number[] = JSON.parse(`[${row?.papers ?? ""}]`);
    for (const paper of papers) {
      const place = paper % Number(placesPerPaper);
      placed[Math.floor(paper / Number(placesPerPaper))] = place + 1;
      if (place % 2 === 1) add(fromHub, place >> 1);
    }
  }
  const tags: Tallies["tags"] = new Map();
  for (let at = 0; at < options.names.length; at += tagsAtOnce) {
    const some = options.names.slice(at, at + tagsAtOnce);
    await nextTurn();
    // Loads all of a tag's papers, even older ones: they are adjacent in the index, and looking up each paper's day
    // would cost more.
    const wanted = rows(
      db,
      some.map((name) => ({ name })),
      { name: "text" },
    );
    const found = await db.$queryRaw<{ name: string; keys: string }[]>`
      SELECT name, string_agg(CAST("paperKey" AS TEXT), ',') AS keys FROM "Tag"
      WHERE name IN (SELECT wanted.name FROM ${wanted} AS wanted) GROUP BY name`;
    for (const { name, keys } of found) {
      const tag = { all: zeros(), fromHub: zeros() };
      const papers: number[] = JSON.parse(`[${keys}]`);
      for (const key of papers) {
        const place = placed[key];
        if (!place) continue;
        const span = (place - 1) >> 1;
        add(tag.all, span);
        if (place % 2 === 0) add(tag.fromHub, span);
      }
      tags.set(name, tag);
    }
  }
  return { fromHub, tags };
}

function choose({ fromHub, tags }: Tallies, now: Span, before: Span) {
  const { minRisen, minFallenShare, minChange, maxShown } = tagRule;
  const hub = split(fromHub);
  const found: { trend: TagTrend; deviation: number }[] = [];
  for (const [name, { all, fromHub: series }] of tags) {
    const [whole, ofHub] = [split(all), split(series)];
    const deviation = distance([
      { ...ofHub, nowOf: hub.now, beforeOf: hub.before },
      {
        now: whole.now - ofHub.now,
        before: whole.before - ofHub.before,
        nowOf: now.papers - hub.now,
        beforeOf: before.papers - hub.before,
      },
    ]);
    const [share, shareBefore] = [whole.now / now.papers, whole.before / before.papers];
    // The separate comparison may point the other way than the total on the page. Then the tag is not shown.
    const rises = deviation > significance && whole.now >= minRisen && share >= (1 + minChange) * shareBefore;
    const falls =
      deviation < -significance && shareBefore >= minFallenShare && share <= (1 - minChange) * shareBefore;
    // Some names would link to another tag, such as a topic that now includes them. They cannot be linked to.
    if (!(rises || falls) || conditionState.parse({ tag: name }).state.tag[0] !== name) continue;
    const trend = {
      name,
      now: { papers: whole.now, find: { tag: [name], ...now.find } },
      before: { papers: whole.before, find: { tag: [name], ...before.find } },
      series: all,
    };
    found.push({ trend, deviation });
  }
  found.sort(
    (a, b) => Math.abs(b.deviation) - Math.abs(a.deviation) || (a.trend.name < b.trend.name ? -1 : 1),
  );
  const first = (sign: number) =>
    found
      .filter(({ deviation }) => Math.sign(deviation) === sign)
      .slice(0, maxShown)
      .map(({ trend }) => trend);
  return { rising: first(1), falling: first(-1) };
}

function split(series: number[]): { now: number; before: number } {
  const now = series.at(-1) ?? 0;
  return { now, before: series.reduce((sum, papers) => sum + papers, 0) - now };
}

type Group = { now: number; before: number; nowOf: number; beforeOf: number };

/**
 * How far the current number is from what earlier papers predict, in standard deviations. Papers with keywords from
 * Hugging Face and papers tagged from their text are compared separately, so that a tag does not rise because the mix
 * changes. Uses the signed root of the likelihood ratio, with half a paper added for chance. This is within a tenth of
 * the exact binomial from 0 papers on.
 */
export function distance(groups: Group[]): number {
  let [count, expected, all] = [0, 0, 0];
  for (const { now, before, nowOf, beforeOf } of groups) {
    if (nowOf + beforeOf === 0) continue;
    count += now;
    expected += ((now + before) * nowOf) / (nowOf + beforeOf);
    all += now + before;
  }
  const sign = Math.sign(count - expected);
  const nearer = count - sign / 2;
  if (sign === 0 || Math.sign(nearer - expected) !== sign) return 0;
  const part = (of: number, from: number) => (of > 0 ? of * Math.log(of / from) : 0);
  return sign * Math.sqrt(2 * (part(nearer, expected) + part(all - nearer, all - expected)));
}
