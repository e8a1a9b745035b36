import fc from "fast-check";
import { expect, test } from "vitest";
import { splitTex, toPlain } from "@/lib/tex/split";

test.each([
  ["4.7\\% of R\\&D at \\$5, \\#1, a\\_b, \\{x\\}", "4.7% of R&D at $5, #1, a_b, {x}"],
  ["\\emph{one} \\textbf{t\\textit{w}o} {\\bf three} {\\it four}", "one two three four"],
  ["$\\textbf{a few words}$", "a few words"],
  ["a \\text{half", "a \\text{half"],
  ["Table~3, GPT~4, models~(LLMs), a~priori", "Table\u00a03, GPT\u00a04, models\u00a0(LLMs), a\u00a0priori"],
  ["~10 to 5~10 at r~0.5, x~N(0, 1), AUC~0.68", "~10 to 5~10 at r~0.5, x~N(0, 1), AUC~0.68"],
  ["0.1\\,ms vs.\\ 2", "0.1\u00a0ms vs.\u00a02"],
  ["``quoted'' and ``so\" and `once' and the dogs' bone", "“quoted” and “so” and ‘once’ and the dogs' bone"],
  ["``code`` and `code` and f'' and 'x'", "``code`` and `code` and f'' and 'x'"],
  ["9--12, so -- it seems---or not", "9–12, so – it seems—or not"],
  ["use --flag, A --> B, M-->N, a ---- b", "use --flag, A --> B, M-->N, a ---- b"],
  [
    "Pok\\'emon, na\\\"{\\i}ve, Erd\\H{o}s, Erd{\\H o}s, Ne\\v{s}et{\\v r}il",
    "Pokémon, naïve, Erdős, Erdős, Nešetřil",
  ],
  [
    "B{\\'e}nard, \\emph{\\'e}tale, K\\o benhavn, \\L{}ojasiewicz, {\\AA}ngstr\\\"om",
    "Bénard, étale, København, Łojasiewicz, Ångström",
  ],
  ["the model\\'s, users\\' and don\\'t", "the model's, users' and don't"],
  ["PixArt-\\alpha, {\\mu}-Bench, \\b{eta}, 2\\times, \\infty{}", "PixArt-α, μ-Bench, β, 2×, ∞"],
  ["360{\\deg}, 90^\\circ and \\deg f, \\O_n", "360°, 90° and \\deg f, \\O_n"],
  ["at \\url{https://x.org/a\\_b--c~d}", "at https://x.org/a_b--c~d"],
  [
    "\\href{https://x.org}{our page} and \\href{https://x.org}{https://x.org}",
    "our page (https://x.org) and https://x.org",
  ],
  ["at https://x.org/a--b~c", "at https://x.org/a--b~c"],
])("%s is shown without its TeX markup", (raw, shown) => {
  expect(toPlain(raw)).toBe(shown);
});

test.each([
  "R^3 {times} S^2",
  "Omega(k^2d) %However",
  "TangleNAS-527C{here}",
  "from $5 to $10",
  "we propose \\method, {\\name} and \\cite{some2024}",
  "a path C:\\new\\temp, a form \\d+",
])("%s is left unchanged", (text) => {
  expect(splitTex(text)).toEqual([{ raw: text, shown: text, formula: null }]);
});

test("a text is split at its formulas, and the formulas are left unchanged", () => {
  expect(splitTex("4\\% of $a\\%b$--\\(c~d\\)")).toEqual([
    { raw: "4", shown: "4", formula: null },
    { raw: "\\%", shown: "%", formula: null },
    { raw: " of ", shown: " of ", formula: null },
    { raw: "$a\\%b$", shown: "$a\\%b$", formula: { tex: "a\\%b", display: false } },
    { raw: "--", shown: "–", formula: null },
    { raw: "\\(c~d\\)", shown: "\\(c~d\\)", formula: { tex: "c~d", display: false } },
  ]);
});

test("the parts of any text, joined, give the text", () => {
  const pieces = fc.constantFrom(
    ..."$ $$ \\ { } ~ ` ' \" -- _ ^ % \\( \\) \\[ \\] \\emph{ {\\bf \\'e \\alpha \\href{ https://a.b/ \\begin{align} \\end{align}".split(
      " ",
    ),
    " ",
    "\n\n",
    "word",
    "5",
  );
  const texts = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.array(pieces).map((some) => some.join("")),
  );
  fc.assert(
    fc.property(texts, (text) => {
      expect(
        splitTex(text)
          .map((part) => part.raw)
          .join(""),
      ).toBe(text);
    }),
    { numRuns: 2000 },
  );
});
