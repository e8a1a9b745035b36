const segmenter = new Intl.Segmenter("en", { granularity: "sentence" });

// No abbreviation of these ends a sentence, except by chance.
const abbreviation =
  /(?:^|[\s([])(?:al|e\.g|i\.e|cf|vs|resp|approx|Fig|Figs|Eq|Eqs|Sec|Tab|Ref|Refs|No|Dr|Prof|St|[A-Z])\.\s*$/u;

/**
 * The sentences of a text, as Unicode divides them, with white space collapsed. Abbreviations (`et al.`, `Fig.`) and
 * formulas do not end a sentence.
 */
export function splitSentences(text: string): string[] {
  const sentences: string[] = [];
  const hasFormulas = text.includes("$");
  let open = "";
  for (const { segment } of segmenter.segment(text.replace(/\s+/g, " ").trim())) {
    const sentence = open + segment;
    const isInFormula = hasFormulas && (sentence.match(/(?<!\\)\$/g)?.length ?? 0) % 2 === 1;
    if (abbreviation.test(sentence) || isInFormula) {
      open = sentence;
      continue;
    }
    open = "";
    sentences.push(sentence.trim());
  }
  // A single dollar sign, as in a price, leaves the rest of the text open.
  if (open !== "") sentences.push(...[...segmenter.segment(open)].map(({ segment }) => segment.trim()));
  return sentences.filter((sentence) => sentence !== "");
}
