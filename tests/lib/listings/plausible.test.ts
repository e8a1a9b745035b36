import { expect, test } from "vitest";
import { merge, toKnown } from "@/lib/catalog/merge";
import { isPlausible } from "@/lib/listings/plausible";
import type { PaperRecord } from "@/lib/paper";

const plausible: PaperRecord = {
  arxivId: "2606.00011",
  title: "Lamps [a survey], and more",
  abstract: "We see a<b and c>d, in [0, 1).",
  authors: ["Ada Lowe", "Xiao (Eric) Li"],
  authorCount: 2,
  publishedOn: "2026-06-02",
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

const implausible: [keyof PaperRecord, Partial<PaperRecord>][] = [
  ["title", { title: "Lamps. (arXiv:2606.00011v1 [cs.AI])" }],
  ["title", { title: "Lamps (arXiv:hep-th/0101001v2 UPDATED)" }],
  ["title", { title: "Lamps [a survey" }],
  ["authors", { authors: ["Ada Lowe", "Bo Kay) , Cy Poe (MIT"] }],
  ["authors", { authors: ["Bo Kay$^{1", "2}$"] }],
  ["title", { title: "<p>Lamps</p>" }],
  ["abstract", { abstract: "<p>We see.</p>" }],
  ["abstract", { abstract: 'We see, with <a href="https://example.org">code</a>.' }],
  ["abstract", { abstract: "arXiv:2606.00011v1 Announce Type: new Abstract: We see." }],
  ["abstract", { abstract: "We see lamps in …" }],
  ["authors", { authors: ["Ada Lowe (CNRS", "LAMA)"] }],
  ["authors", { authors: ["<a>Ada Lowe</a>"] }],
  ["authors", { authors: ["ada@example.org"] }],
  ["authorCount", { authors: ["Ada Lowe (CNRS", "LAMA)", "Bo Kay"], authorCount: 3 }],
  ["publishedOn", { publishedOn: "2025-06-02" }],
];

test.each(implausible)(
  "an implausible %s never replaces a plausible one, and is replaced by it: %j",
  (field, part) => {
    const bad = { ...plausible, ...part };
    expect(isPlausible(field, plausible)).toBe(true);
    expect(isPlausible(field, bad)).toBe(false);
    const exactButWrong = toKnown(bad, "arxiv-rss", "2026-06-03");
    const lessExact = toKnown(plausible, "jsonl", "2026-06-02");
    expect(merge(lessExact, exactButWrong).record[field]).toEqual(plausible[field]);
    expect(merge(exactButWrong, lessExact).record[field]).toEqual(plausible[field]);
  },
);

test("if both values are plausible, or neither is, the more exact source wins", () => {
  const [hub, arxiv] = [
    { ...plausible, title: "Lamps (" },
    { ...plausible, title: "Lamp (" },
  ];
  expect(
    merge(toKnown(hub, "hf-api", "2026-06-02"), toKnown(arxiv, "arxiv-rss", "2026-06-01")).record.title,
  ).toBe("Lamp (");
  const other = { ...plausible, title: "Lamps" };
  expect(
    merge(toKnown(plausible, "arxiv-rss", "2026-06-02"), toKnown(other, "hf-api", "2026-06-03")).record.title,
  ).toBe(plausible.title);
});
