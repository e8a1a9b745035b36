// Far deeper than any real answer. Code that serializes a value recurses this deep.
const maxDepth = 500;

/** Thrown for JSON nested too deeply to be serialized. */
export class TooDeepError extends SyntaxError {}

/** Parses JSON. Throws a SyntaxError for other text, and a TooDeepError if it is nested too deeply. */
export function readJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (text.length > 2 * maxDepth && isDeeper(value, maxDepth))
    throw new TooDeepError(`expected JSON of at most ${maxDepth} levels, got more`);
  return value;
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((inside) => isDeeper(inside, levels - 1));
}
