/** `1 entry`, `2,345 entries`. */
export function count(value: number, one: string, many = `${one}s`): string {
  return `${value.toLocaleString("en")} ${value === 1 ? one : many}`;
}

/** Short enough for a card: `1,234`, `12K`, `3.4M`. */
export function formatShort(count: number): string {
  if (count < 10_000) return count.toLocaleString("en");
  return count.toLocaleString("en", { notation: "compact" });
}
