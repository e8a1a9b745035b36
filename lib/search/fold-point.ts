const greek: Record<string, string> = {
  α: "alpha",
  β: "beta",
  γ: "gamma",
  δ: "delta",
  ε: "epsilon",
  ζ: "zeta",
  η: "eta",
  θ: "theta",
  ι: "iota",
  κ: "kappa",
  λ: "lambda",
  μ: "mu",
  ν: "nu",
  ξ: "xi",
  ο: "omicron",
  π: "pi",
  ρ: "rho",
  σ: "sigma",
  ς: "sigma",
  τ: "tau",
  υ: "upsilon",
  φ: "phi",
  χ: "chi",
  ψ: "psi",
  ω: "omega",
};
// Letters that Unicode decomposition does not split.
const latin: Record<string, string> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ı: "i",
  ħ: "h",
};

// Scripts without spaces between words.
const ideograph =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const invisible = /[\p{M}\u00ad\u200b-\u200d\u2060\ufeff]/u;

export type Folded = { kind: "word" | "ideograph" | "nothing" | "other"; text: string };
const foldedPoints = new Map<string, Folded>();

/**
 * How search treats one code point: as letters of `[a-z0-9]`, a term of its own, nothing, or a separator. A separator's
 * text is its compatibility form: `-` for a full-width hyphen.
 */
export function fold(character: string): Folded {
  let known = foldedPoints.get(character);
  if (!known) {
    known = computeFold(character);
    if (foldedPoints.size < 20_000) foldedPoints.set(character, known);
  }
  return known;
}

function computeFold(character: string): Folded {
  if (invisible.test(character)) return { kind: "nothing", text: "" };
  const compatible = character.normalize("NFKC");
  if (ideograph.test(character) && /[\p{L}\p{N}]/u.test(character))
    return { kind: "ideograph", text: hex(compatible) };
  const plain = compatible.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
  let text = "";
  for (const letter of plain) {
    if (/[a-z0-9]/.test(letter)) text += letter;
    else if (/[\p{L}\p{N}]/u.test(letter)) text += greek[letter] ?? latin[letter] ?? hex(letter);
  }
  return text ? { kind: "word", text } : { kind: "other", text: compatible };
}

function hex(text: string): string {
  return [...text].map((letter) => `u${letter.codePointAt(0)?.toString(16)}`).join("");
}
