import { expect, test } from "vitest";
import { dropOpener, findKeySentence, toKeySentence } from "@/lib/papers/key-sentence";
import { splitSentences } from "@/lib/papers/sentences";

test("the key sentence is the one that states the contribution", () => {
  const abstract =
    "Bridges carry most of the traffic in cities. Their inspection is slow, as Ada et al. (2024) show. " +
    "To address this, we propose SpanNet, a network that finds cracks in photographs of bridges. " +
    "Experiments show that it outperforms three baselines. Code is available at example.org.";
  expect(findKeySentence("SpanNet: Finding Cracks in Bridges", abstract)).toBe(
    "We propose SpanNet, a network that finds cracks in photographs of bridges.",
  );
});

test("without a statement of a contribution, the sentence nearest to the title is the key sentence", () => {
  const abstract =
    "Tides move a great deal of water. The length of a tide depends on the depth of a harbor and its width. Ships wait.";
  expect(findKeySentence("How the depth of a harbor sets the length of a tide", abstract)).toBe(
    "The length of a tide depends on the depth of a harbor and its width.",
  );
});

test("a summary from the source comes first, and is marked as AI-generated", () => {
  const paper = {
    title: "T",
    abstract: "We propose a thing.",
    summary: { text: "A thing is made.", source: "hub" },
  };
  expect(toKeySentence(paper)).toEqual({ text: "A thing is made.", isAi: true });
  expect(toKeySentence({ ...paper, summary: null })).toEqual({ text: "We propose a thing.", isAi: false });
  expect(toKeySentence({ ...paper, summary: null, abstract: null })).toBeNull();
});

test.each([
  ["In this paper, we show that tides turn.", "We show that tides turn."],
  ["To reduce noise, cost, and time, we introduce a filter for tides.", "We introduce a filter for tides."],
  ["However, in this work, this paper presents a tide gauge.", "This paper presents a tide gauge."],
  ["Here we measure the tide.", "We measure the tide."],
  // What is left is no sentence of its own.
  ["To the north, tides turn early.", "To the north, tides turn early."],
  ["In this work, tides.", "In this work, tides."],
  ["Specifically, 3 tides.", "Specifically, 3 tides."],
])("drops an opener if a sentence remains: %s", (sentence, expected) => {
  expect(dropOpener(sentence)).toBe(expected);
});

test("abbreviations, initials, versions and formulas do not end a sentence", () => {
  expect(
    splitSentences(
      "Gauges, e.g. Those of A. Lovelace et al. (1843), see Fig. 2, read $h = 1.5 m. N$ daily. Version 2.0 is faster.",
    ),
  ).toEqual([
    "Gauges, e.g. Those of A. Lovelace et al. (1843), see Fig. 2, read $h = 1.5 m. N$ daily.",
    "Version 2.0 is faster.",
  ]);
  expect(splitSentences("It costs $5. It floats.\nIt turns.")).toEqual([
    "It costs $5.",
    "It floats.",
    "It turns.",
  ]);
});

test("scripts without spaces have sentences too", () => {
  expect(splitSentences("我们提出一种方法。它很快。")).toEqual(["我们提出一种方法。", "它很快。"]);
});

test("any text gives a sentence", () => {
  expect(findKeySentence("", "word")).toBe("word");
  expect(findKeySentence("Title", "...")).toBe("...");
  const long = "we propose ".repeat(100_000);
  expect(findKeySentence("Title", long).length).toBeLessThanOrEqual(10_000);
});
