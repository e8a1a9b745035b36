import type { Bookmark, CiteItem } from "@/lib/cite/cite-item";
import type { PaperRecord } from "@/lib/paper";

const unknown: PaperRecord = {
  arxivId: null,
  title: "Untitled",
  abstract: null,
  authors: [],
  authorCount: null,
  publishedOn: null,
  listedOn: null,
  upvotes: null,
  commentCount: null,
  tags: [],
  submittedBy: null,
  organization: null,
  code: null,
  projectPage: null,
  summary: null,
  withdrawn: null,
};

export const bookmark: Bookmark = {
  at: "2026-08-21T10:11:12.345Z",
  state: "reading",
  note: "Compare with *tea* & <b>scones</b>.\n\n- the second table",
  lists: ["To cite", "Kettles"],
  tags: ["my kettle"],
};

/** An invented paper. What is not given is unknown. */
export function toPaper(fields: Partial<PaperRecord>): PaperRecord {
  const authorCount = fields.authors?.length || null;
  return { ...unknown, authorCount, ...fields };
}

export function toItem(fields: Partial<PaperRecord>, others: Partial<CiteItem> = {}): CiteItem {
  const paper = toPaper(fields);
  return { id: paper.arxivId ?? "t-0123456789ab", citeKey: "smith2025tea", paper, bookmark: null, ...others };
}

export async function* stream<T>(items: T[]): AsyncGenerator<T> {
  yield* items;
}

/** One paper with everything, and those that each lack something or have something odd. */
export const items: CiteItem[] = [
  toItem(
    {
      arxivId: "2508.99001",
      title: "KettleNet: Weight-Sharing for $O(n^2)$ Tea & 100% of {Scones}",
      abstract: "We boil water\nin $\\mathcal{O}(n)$ steps.\n\n- It costs 5% of a_b ~ c.",
      authors: [
        "Jane Smith",
        "Jan van der Berg",
        "Luc Van Kettle",
        "Sam Cup Jr.",
        "OpenKettle Team",
        "李 小茶",
      ],
      publishedOn: "2025-08-06",
      listedOn: "2025-08-07",
      upvotes: 12,
      tags: [
        { name: "weight sharing", source: "hub" },
        { name: "cs.LG", source: "arxiv" },
        { name: "stat.ML", source: "arxiv" },
      ],
    },
    { citeKey: "smith2025kettlenet", bookmark },
  ),
  toItem(
    {
      title: "A Pot Known by Its Text",
      abstract: "=SUM(A1) is how it starts.",
      authorCount: 5,
      publishedOn: "2020-03-24",
    },
    {
      id: "t-0123456789ab",
      citeKey: "2020pot",
      bookmark: { ...bookmark, state: "toread", note: "=1+1", lists: [], tags: [] },
    },
  ),
  toItem(
    { arxivId: "cs/0601001", title: "Cups", authors: ["Gopal", "María José Núñez-Çelik"], authorCount: 3 },
    { citeKey: "gopal2006cups" },
  ),
];
