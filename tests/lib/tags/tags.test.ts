import { expect, test } from "vitest";
import { deriveTags } from "@/lib/tags/derive";
import { countPaper, shippedCounts, toPriors } from "@/lib/tags/priors";
import { toTags } from "@/lib/tags/tags";
import { readTopics, toKey, topics, toTagName } from "@/lib/tags/topics";

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

const priors = toPriors(shippedCounts());
const title = "Pouring Tea with Diffusion Models";
const abstract = `We train diffusion models with RLHF for kettle segmentation, and introduce KettleBench, a benchmark.
  It clips short video clips; retrieval, augmented generation is not meant by a list.`;

test("tags from a text are the topics that it names and the phrases that look like keywords", () => {
  const tags = deriveTags(title, abstract, priors);
  expect(tags).toEqual(["RLHF", "diffusion models", "KettleBench"]);
  expect(tags).not.toContain("CLIP"); // the verb is not the acronym
  expect(tags).not.toContain("retrieval-augmented generation"); // a name never spans a comma
});

test("an abbreviation that the text explains is its topic, and a hyphen stays where the text has it", () => {
  const text = "We study diffusion models (DFMo). For long-horizon tasks, DFMo is slow.";
  expect(deriveTags("Tea", text, priors)).toEqual(["diffusion models", "long-horizon task"]);
});

test("keywords of other papers show which words make a tag", () => {
  const pouring = "We pour the amber oolong slowly, and find the saucers of the guests on a shelf.";
  expect(deriveTags("Tea", pouring, priors)).not.toContain("amber oolong");
  const counts = shippedCounts();
  for (let paper = 0; paper < 20; paper++)
    countPaper(counts, "Tea", "They serve the dark oolong, the amber oolong and the rest.", [
      "Dark Oolongs",
      "amber oolong",
    ]);
  expect(deriveTags("Tea", pouring, toPriors(counts))[0]).toBe("amber oolong");
  expect(deriveTags("Tea", pouring, new Map())).toEqual([]); // nothing is known
});

test("a word counts once per place, and a topic counts under all of its names", () => {
  const counts = new Map();
  countPaper(counts, "Teas", "The LLM, with tea pots in tea.", ["large language models", "tea pot"]);
  expect(counts.get("llm")).toEqual([1, 1, 0, 0]);
  expect(counts.get("the")).toEqual([1, 0, 1, 0]);
  expect(counts.get("tea")).toEqual([3, 1, 0, 0]);
  expect(counts.get("in")).toEqual([1, 0, 0, 1]);
  expect(counts.get("")).toEqual([3, 0, 0, 1]); // the title, and both sides of the comma
});

test("every line of words.txt is a word as tags are compared, and counts that are possible", () => {
  expect(shippedCounts().size).toBeGreaterThan(4000);
  for (const [word, [total, ...others]] of shippedCounts()) {
    expect(toKey(word)).toBe(word);
    for (const count of others) expect(count >= 0 && count <= total, word).toBe(true);
  }
});

test("a text gets at most eight tags, and a short one may get none", () => {
  const long = [...topics().byKey.values()].map(({ name }) => `${name}, ${name}.`).join(" ");
  expect(deriveTags("Everything", long, priors)).toHaveLength(8);
  expect(deriveTags("Attention", null, priors)).toEqual([]);
  expect(deriveTags("", null, priors)).toEqual([]);
});

test("keywords from Hugging Face replace derived tags, but arXiv categories do not", () => {
  const derive = () => ["tea"];
  const sources = (tags: { source: string }[]) => [...new Set(tags.map(({ source }) => source))];
  expect(sources(toTags([], derive))).toEqual(["derived"]);
  expect(sources(toTags([{ name: "cs.CV", source: "arxiv" }], derive))).toEqual(["derived", "arxiv"]);
  const hub = ["Teas", "tea", "LLMs", ""].map((name) => ({ name, source: "hub" as const }));
  expect(toTags([...hub, { name: "kettles", source: "derived" }], derive)).toEqual([
    { name: "tea", source: "hub" },
    { name: "large language models", source: "hub" },
  ]);
  expect(sources(toTags([{ name: "", source: "hub" }], derive))).toEqual(["derived"]);
});

test("there are more than four hundred topics, and a name that two of them have is reported with its line", () => {
  expect(new Set([...topics().byKey.values()].map(({ name }) => name)).size).toBeGreaterThan(400);
  expect(() => readTopics("# list\ntea: matcha\n\ncoffee: Matchas\n")).toThrow(
    'lib/tags/topics.txt: line 4: "Matchas" is already a name of "tea"',
  );
});
