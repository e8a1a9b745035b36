/** A piece of a typed query, from `start` to `end`. `value` is the text of a word or a phrase; of a qualifier, what follows. */
export type Token = { start: number; end: number; text: string } & (
  | { is: "open"; excluded: boolean; name: string | null }
  | { is: "close" }
  | { is: "or" }
  | { is: "word" | "phrase"; excluded: boolean; name: string | null; value: string }
);

// In this order: a phrase, an opening parenthesis, and anything up to a space; each may be excluded and have a qualifier.
const start = /(-?)(?:([a-zA-Z]+):|(#))?(?:"([^"]+)"|(\())/y;

/**
 * Cuts a typed query. A parenthesis opens a group at the beginning of a word and closes it at the end of one, so that
 * `f(x)` is a word. A quote without a partner is part of its word.
 */
export function readTokens(typed: string): Token[] {
  const tokens: Token[] = [];
  let open = 0;
  for (let at = 0; at < typed.length; ) {
    if (/\s/.test(typed[at] ?? "")) {
      at++;
      continue;
    }
    start.lastIndex = at;
    const found = start.exec(typed);
    if (found) {
      const [text, minus, name, hash, phrase] = found;
      const shared = {
        excluded: minus === "-",
        name: hash ? "tag" : (name?.toLowerCase() ?? null),
        ...{ text, start: at, end: at + text.length },
      };
      if (phrase === undefined) open++;
      tokens.push(
        phrase === undefined ? { is: "open", ...shared } : { is: "phrase", value: phrase, ...shared },
      );
      at += text.length;
      continue;
    }
    const [run = ""] = /\S+/.exec(typed.slice(at)) ?? [];
    const closing = Math.min(open, countClosing(run));
    const word = run.slice(0, run.length - closing);
    if (word !== "") tokens.push(toWord(word, at));
    at += run.length;
    for (let left = closing; left > 0; left--)
      tokens.push({ is: "close", text: ")", start: at - left, end: at - left + 1 });
    open -= closing;
  }
  return tokens;
}

/** How many parentheses at the end of a word close one that is not in it. */
function countClosing(word: string): number {
  const [end = ""] = /\)+$/.exec(word) ?? [];
  const own = [...word.slice(0, word.length - end.length)].filter((letter) => letter === "(").length;
  return Math.max(0, end.length - own);
}

function toWord(text: string, start: number): Token {
  const place = { text, start, end: start + text.length };
  if (text === "OR") return { is: "or", ...place };
  const [, minus = "", name, hash, value = ""] = /^(-?)(?:([a-zA-Z]+):|(#))?(.*)$/s.exec(text) ?? [];
  const isQualified = (name !== undefined || hash !== undefined) && value !== "";
  // A word such as "--" excludes nothing.
  const excluded = minus === "-" && /^-[^-]/.test(text);
  return {
    is: "word",
    excluded,
    name: isQualified ? (hash ? "tag" : (name?.toLowerCase() ?? null)) : null,
    value: isQualified ? value : text,
    ...place,
  };
}
