import type { CiteItem } from "./cite-item";
import type { ExportOptions } from "./export-formats";

/**
 * Streams the library as JSON Lines, without losing anything. The first line names the format; then a line per paper, which
 * `lib/listings` reads as well.
 */
export async function* writeJsonLines(
  items: AsyncIterable<CiteItem>,
  { exportedAt }: ExportOptions,
): AsyncGenerator<string> {
  yield toLine({ format: "broadsheet-library", version: 1, exportedAt: exportedAt.toISOString() });
  for await (const { id, citeKey, paper, bookmark } of items)
    yield toLine({ id, citeKey, ...paper, bookmark });
}

function toLine(value: object): string {
  return `${JSON.stringify(value)}\n`;
}
