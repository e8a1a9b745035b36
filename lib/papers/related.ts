import { z } from "zod";
import { type Day, toEpochDay } from "../days";
import type { Database } from "../db/client";
import { search } from "../search/engine";
import { type Feature, maxLength, toCounter, toFeatures } from "../search/features";
import { countPapers } from "../search/words";
import { defineUrlState } from "../url-state";

export type RelatedPaper = {
  id: string;
  title: string;
  listedOn: Day | null;
  upvotes: number | null;
  /** The terms that tie it to the paper, the most telling first, as the paper spells them. */
  terms: string[];
};

/** The order in which a paper's page shows the papers related to it. */
export const relatedState = defineUrlState({
  related: {
    schema: z.enum(["nearest", "newest", "upvotes"], "nearest, newest or upvotes"),
    default: "nearest",
  },
});
export type RelatedOrder = ReturnType<typeof relatedState.parse>["state"]["related"];

export const maxRelated = 6;
const maxTerms = 3;
// Reading one takes a tenth of a millisecond.
const maxCandidates = 50;
// Their rows in the index, which take half a microsecond each.
const bounds = { maxEach: 3000, maxAll: 6000 };
const maxAsked = 40;

type Weighted = Feature & { weight: number; papers: number };

/**
 * The papers whose title and abstract are nearest to those of this one, nearest first. The index finds candidates by the paper's
 * rarest terms; among them, terms and pairs of neighboring terms decide (README.md). A single word in common does not relate
 * papers.
 */
export async function findRelated(db: Database, key: number): Promise<RelatedPaper[]> {
  const paper = await db.paper.findUnique({
    where: { key },
    select: { title: true, abstract: true },
  });
  const { features, total } = await weigh(db, paper ? toFeatures(paper) : new Map<string, Feature>());
  const asked = chooseAsked(features, total);
  if (asked.length === 0) return [];
  const candidates = await db.$queryRaw<
    { id: string; title: string; abstract: string | null; day: Day | null; upvotes: number | null }[]
  >`
    SELECT p.id AS id, p.title AS title, substr(p.abstract, 1, ${maxLength}) AS abstract, p."feedDay" AS day,
      p.upvotes AS upvotes
    FROM (SELECT "orderKey", score FROM ${search.near(db, asked, bounds)} AS found
      ORDER BY score, "orderKey" DESC LIMIT ${maxCandidates + 1}) AS m
    JOIN "Paper" p ON p."orderKey" = m."orderKey" WHERE p.key <> ${key} ORDER BY m."orderKey" DESC`;
  const count = toCounter(features);
  return candidates
    .map(({ abstract, day, ...rest }) => ({
      ...compare(count({ title: rest.title, abstract }), features),
      paper: { ...rest, listedOn: day },
    }))
    .filter(({ ties }) => new Set(ties.flatMap(({ words }) => words)).size > 1)
    .sort((a, b) => b.score - a.score) // stable: of equals, the newest first
    .slice(0, maxRelated)
    .map(({ paper, ties }) => ({ ...paper, terms: ties.map(({ spelling }) => spelling) }));
}

/** Related papers in another order. Those without a day or without upvotes come last; equals stay in the order they had. */
export function orderRelated<P extends Pick<RelatedPaper, "listedOn" | "upvotes">>(
  papers: P[],
  order: RelatedOrder,
): P[] {
  const dayOf = ({ listedOn }: P) => (listedOn === null ? 0 : toEpochDay(listedOn));
  if (order === "newest") return papers.toSorted((a, b) => dayOf(b) - dayOf(a));
  if (order === "upvotes") return papers.toSorted((a, b) => (b.upvotes ?? -1) - (a.upvotes ?? -1));
  return papers;
}

// Nearly every English abstract has them.
const everywhere = ["the", "of"];

/**
 * Weighs features by how few papers have them (idf). A pair weighs twice the geometric mean of its terms, so one with a function
 * word weighs next to nothing. `total` is about the number of papers: that of the commonest word.
 */
async function weigh(
  db: Database,
  features: Map<string, Feature>,
): Promise<{ features: Map<string, Weighted>; total: number }> {
  const words = new Set([...everywhere, ...[...features.values()].flatMap((feature) => feature.words)]);
  const papersOf = await countPapers(db, [...words]);
  const total = Math.max(0, ...papersOf.values());
  const idf = (word: string) => Math.log(total / (papersOf.get(word) ?? total));
  const weighted = new Map<string, Weighted>();
  for (const [terms, feature] of features) {
    const [first = "", second] = feature.words;
    const weight = second === undefined ? idf(first) : 2 * Math.sqrt(idf(first) * idf(second));
    const papers = Math.max(...feature.words.map((word) => papersOf.get(word) ?? 0));
    if (weight > 0 && papers <= Math.max(5, total / 4)) weighted.set(terms, { ...feature, weight, papers });
  }
  return { features: weighted, total };
}

/** A word of more papers says too little to tie two. */
const isTelling = ({ papers }: Weighted, total: number) => papers <= Math.max(5, total / 10);

/** The terms to look up: the most telling, within the bounds as far as the counts of words show. */
function chooseAsked(features: Map<string, Weighted>, total: number) {
  let rows = 0;
  return [...features]
    .filter(([, feature]) => feature.words.length === 1 && feature.papers > 1 && isTelling(feature, total))
    .map(([term, { weight, count, papers }]) => ({
      term,
      papers,
      weight: Math.round(100 * weight ** 2 * Math.sqrt(count)),
    }))
    .sort((a, b) => b.weight - a.weight)
    .slice(0, maxAsked)
    .filter(({ papers }) => {
      const fits = rows + papers <= bounds.maxAll;
      if (fits) rows += papers;
      return fits;
    });
}

/** How near a text is, and the features that tie it most, each word once. */
function compare(
  { counts, length }: ReturnType<ReturnType<typeof toCounter>>,
  features: Map<string, Weighted>,
) {
  let sum = 0;
  const shared: { terms: string; feature: Weighted; part: number }[] = [];
  for (const [terms, count] of counts) {
    const feature = features.get(terms);
    if (!feature) continue;
    const part = Math.sqrt(count * feature.count) * feature.weight ** 2;
    sum += part;
    shared.push({ terms, feature, part });
  }
  const ties: Weighted[] = [];
  const used = new Set<string>();
  for (const { terms, feature } of shared.sort((a, b) => b.part - a.part)) {
    const each = terms.split(" ");
    if (ties.length === maxTerms || each.some((term) => used.has(term))) continue;
    for (const term of each) used.add(term);
    ties.push(feature);
  }
  return { score: sum / Math.sqrt(length), ties };
}
