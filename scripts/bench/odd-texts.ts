// What people type, and what else may come: words, the language's own signs, and signs of other languages.
const pieces = [
  ..."model learning transformer diffusion weight sharing k-NN GPT-4o C++ 2508.04581 the a".split(" "),
  ...[
    "OR",
    "AND",
    "NOT",
    "-",
    "--",
    "(",
    ")",
    '"',
    "'",
    "#",
    "*",
    ":",
    "::",
    "\\",
    "/",
    "%",
    "..",
    ">=",
    "<",
  ],
  ..."title: abstract: author: tag: org: submitter: id: date: published: listed: week: after: before: age:".split(
    " ",
  ),
  ..."upvotes: comments: authors: has: is: sort: colour: __proto__: constructor: constructor toString".split(
    " ",
  ),
  ..."2025 2025-08 2025-08-01..2025-08-31 2025-W32 2025-02-30 >=20 5..1 <30d code bookmarked new upvotes".split(
    " ",
  ),
  ...["神经网络", "ปัญญา", "Erdős", "🚀", "نص", "\u0000", "\ud800", "ﬁ", "x".repeat(70)],
  ...["' OR 1=1 --", "NEAR(a b)", "a:* & !b", "{title} : x", "<b>", "%ff", "$x"],
];

/** The same odd texts every time, of up to twelve pieces and 500 characters. */
export function drawOddTexts(count: number): string[] {
  let state = 12_345;
  // A linear congruential generator: the texts should be the same in every run, and need not be unpredictable.
  const next = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state >>> 8) % below;
  };
  return Array.from({ length: count }, () => {
    let text = "";
    for (let left = 1 + next(12); left > 0; left--)
      text += pieces[next(pieces.length)] + (next(4) > 0 ? " " : "");
    return text.slice(0, 500).toWellFormed();
  });
}
