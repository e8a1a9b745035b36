import fc from "fast-check";
import { expect, test } from "vitest";
import { extrasOf, scan, scanFor, type Unit } from "@/lib/search/tokens";

const terms = (text: string) => scan(text).flatMap(({ parts }) => parts.map(({ term }) => term));
const extras = (text: string) => scan(text).flatMap((unit) => extrasOf(unit).map(({ term }) => term));

test.each([
  ["Weight Sharing", ["weight", "share"]],
  ["networks networking", ["network", "network"]],
  ["the of and", ["the", "of", "and"]],
  ["LLMs, GNNs and GPUs", ["llm", "gnn", "and", "gpu"]],
  ["C++ and C#", ["cplusplus", "and", "csharp"]],
  ["a 2.5D scene", ["a", "2p5d", "scene"]],
  ["Müller naïve", ["muller", "naiv"]],
  ["β-VAE", ["beta", "vae"]],
  ["Zipf's law", ["zipf", "law"]],
  ["Straße Øre", ["strass", "ore"]],
  ["ﬁne-tuning", ["fine", "tune"]],
  ["神经网络", ["u795e", "u7ecf", "u7f51", "u7edc"]],
  ["BERT模型", ["bert", "u6a21", "u578b"]],
  ["привет", ["u43fu440u438u432u435u442"]],
  ["gpt4 gpt4o", ["gpt4", "gpt4o"]],
  ["ＧＰＴ－４ ｋ．５", ["gpt", "4", "k", "5"]],
  ["２．５Ｄ Ｃ＋＋ Ｃ＃", ["2p5d", "cplusplus", "csharp"]],
  ["ภาษา", ["ue20", "ue32", "ue29", "ue32"]],
  ["ລາວ ខ្មែរ မြန်မာ", ["uea5", "ueb2", "uea7", "u1781", "u1798", "u179a", "u1019", "u1014", "u1019"]],
  ['… — 🚀 "', []],
])("%s gives the terms %j", (text, expected) => {
  expect(terms(text)).toEqual(expected);
});

test.each([
  ["k-NN", ["knn"]],
  ["GPT-4o", ["gpt4o"]],
  ["GPT-3.5", ["gpt3p5"]],
  ["weight-sharing", ["weightshar"]],
  ["weight‑sharing", ["weightshar"]],
  ["Node.js", ["nodej"]],
  ["plain words", []],
  ["a-b-c-d-e", []],
  ["Qwen2.5-Omni", ["qwen2p5omni", "qwen"]],
  ["Llama3", ["llama"]],
  ["ResNet50", ["resnet"]],
  ["GPT4o", ["gpt"]],
  ["YOLOv8", ["yolo"]],
  ["DeepSeekV3", ["deepseek"]],
  ["Conv2d", ["conv"]],
  ["T5 and R1", []],
  ["d'Alembert", ["alembert"]],
  ["L’Hôpital’s rule", ["hopit"]],
  ["O'Neill", ["neill"]],
  ["İstanbul'da", ["istanbul"]],
  ["the model's, we'll, don't", []],
])("%s gives the extras %j", (text, expected) => {
  expect(extras(text)).toEqual(expected);
});

test("every term has its position in the original text", () => {
  const text = "Naïve k-NN (C++) by Müller";
  const shown = scan(text).flatMap((unit) => [...unit.parts, ...(unit.joined ? [unit.joined] : [])]);
  expect(shown.map((token) => text.slice(token.start, token.end))).toEqual([
    "Naïve",
    "k",
    "NN",
    "k-NN",
    "C++",
    "by",
    "Müller",
  ]);
});

test("terms contain only ASCII letters and digits, whatever the text", () => {
  const text = Array.from({ length: 0x3000 }, (_, code) => String.fromCodePoint(code)).join("a ");
  for (const term of [...terms(text), ...extras(text)]) expect(term).toMatch(/^[a-z0-9]+$/);
});

test("a megabyte without a space becomes one short term", () => {
  expect(terms("x".repeat(1_000_000))).toEqual(["x".repeat(64)]);
});

// An invisible character changes no term, but each word with one is read character by character.
test("plain words give the same terms as when read character by character", () => {
  const letters = fc.constantFrom(
    ..."aZ0 .,'-_+#()é\u200b神\n".split(""),
    "the ",
    "GPT-4o. ",
    "C++, ",
    "it's ",
  );
  const text = fc.array(letters, { minLength: 5, maxLength: 40, size: "max" }).map((parts) => parts.join(""));
  fc.assert(
    fc.property(text, (plain) => {
      const invisible = plain.replace(/[A-Za-z](?![A-Za-z0-9])/g, "$&\u200b");
      expect([terms(plain), extras(plain)]).toEqual([terms(invisible), extras(invisible)]);
    }),
    { numRuns: 2000 },
  );
});

test("a text that is scanned for some terms gives all units that have them", () => {
  const text = `Dying skies and the skis' lamps; Lamps (LAMP) of k-NN, Qwen2.5, GPT-4o, YOLOv8, d'Alembert, Ünder, ﬁne and 模型.
    News early, singly, idly: lying, tying, dye, yes. 2.5D is 3d, C++ and C# too.`;
  const found = (units: readonly Unit[], term: string) =>
    units.flatMap((unit) => [...unit.parts, ...extrasOf(unit)]).filter((token) => token.term === term);
  const all = scan(text).flatMap((unit) => [...unit.parts, ...extrasOf(unit)]);
  expect(all.length).toBeGreaterThan(40);
  for (const { term } of all) expect(found(scanFor(text, [term]), term)).toEqual(found(scan(text), term));
});
