export function topicsText(): string {
  return "";
}
export function toTagName(raw: string): string {
  return raw.trim().toLowerCase();
}
