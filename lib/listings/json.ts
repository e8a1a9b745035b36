// Far deeper than any answer, and what writes a value goes down into it on the stack.
const deepest = 500;

/** Of JSON that lies too deep in itself to be written again. */
export class TooDeepError extends SyntaxError {}

/** JSON as a value. Throws a SyntaxError for other text, a TooDeepError for that. */
export function readJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (text.length > 2 * deepest && isDeeper(value, deepest))
    throw new TooDeepError(`expected JSON of at most ${deepest} levels, got more`);
  return value;
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((inside) => isDeeper(inside, levels - 1));
}
