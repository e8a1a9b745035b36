import { expect, test } from "vitest";
import { deriveTags } from "@/lib/tags/derive";
import { toTags } from "@/lib/tags/tags";
import { readTopics, topics, toTagName } from "@/lib/tags/topics";

test.each([
  "LLM",
  "LLMs",
  "large language model",
  "Large Language Models (LLMs)",
  "LLM (Large Language Model)",
  " large  language\nmodels ",
  "Large-Language Models",
])("%s becomes the tag large language models", (raw) => expect(toTagName(raw)).toBe("large language models"));

test.each([
  ["Fine-Tuning", "fine-tuning"],
  ["finetuning", "fine-tuning"],
  ["Multi-Modal Reasoning", "multimodal reasoning"],
  ["GRPO", "GRPO"],
  ["VBench", "VBench"],
  ["Tea Ceremonies", "tea ceremony"],
  ["`tea leaf'.", "tea leaf"],
  ["physics", "physics"],
  ["loss", "loss"],
  ["MoEs", "mixture-of-experts"],
  ["TPUs", "TPU"],
  ["LMs", "language models"],
  ["the tea shop's", "the tea shop"],
  ["Multilingual Large Language Models (LLMs)", "multilingual large language model"],
  ["Retrieval Augmenting Generators (RAG)", "retrieval-augmented generation"],
  ["", ""],
  ["()", "()"],
])("%s is spelled %s", (raw, name) => expect(toTagName(raw)).toBe(name));

test("the spelling of a name does not change a second time", () => {
  for (const raw of ["Tea Ceremonies", "VBench", "LLMs", "DAGs (directed)", "k-NN", "C++", "Müller", "知識"])
    expect(toTagName(toTagName(raw))).toBe(toTagName(raw));
});

const title = "Pouring Tea with Diffusion Models";
const abstract = `We train diffusion models and RLHF on the kettle segmentation. The kettle segmentation is ours.
  It clips short video clips; retrieval, augmented generation is not meant by a list. KettleBench agrees with KettleBench.`;

test("tags from a text are the topics that it names and the phrases that it repeats", () => {
  const tags = deriveTags(title, abstract);
  expect(tags).toEqual(
    expect.arrayContaining(["diffusion models", "RLHF", "kettle segmentation", "KettleBench"]),
  );
  expect(tags).not.toContain("CLIP"); // the verb is not the acronym
  expect(tags).not.toContain("retrieval-augmented generation"); // a name never spans a comma
  expect(tags.length).toBeLessThanOrEqual(8);
});

test("a text gets at most eight tags, and a short one may get none", () => {
  const long = [...topics().byKey.values()].map(({ name }) => `${name}, ${name}.`).join(" ");
  expect(deriveTags("Everything", long)).toHaveLength(8);
  expect(deriveTags("Attention", null)).toEqual([]);
  expect(deriveTags("", null)).toEqual([]);
});

test("keywords from Hugging Face replace derived tags, but arXiv categories do not", () => {
  const sources = (tags: { source: string }[]) => [...new Set(tags.map(({ source }) => source))];
  expect(sources(toTags(title, abstract, []))).toEqual(["derived"]);
  expect(sources(toTags(title, abstract, [{ name: "cs.CV", source: "arxiv" }]))).toEqual([
    "derived",
    "arxiv",
  ]);
  const hub = ["Teas", "tea", "LLMs", ""].map((name) => ({ name, source: "hub" as const }));
  expect(toTags(title, abstract, [...hub, { name: "kettles", source: "derived" }])).toEqual([
    { name: "tea", source: "hub" },
    { name: "large language models", source: "hub" },
  ]);
  expect(sources(toTags(title, abstract, [{ name: "", source: "hub" }]))).toEqual(["derived"]);
});

test("there are more than four hundred topics, and a name that two of them have is reported with its line", () => {
  expect(new Set([...topics().byKey.values()].map(({ name }) => name)).size).toBeGreaterThan(400);
  expect(() => readTopics("# list\ntea: matcha\n\ncoffee: Matchas\n")).toThrow(
    'lib/tags/topics.txt: line 4: "Matchas" is already a name of "tea"',
  );
});
