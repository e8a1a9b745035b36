/** A text without U+0000, which PostgreSQL cannot store, as with U+FFFD in its place; other values as they are. */
export function withoutNull<Value>(value: Value): Value | string {
  return typeof value === "string" && value.includes("\0") ? value.replaceAll("\0", "\ufffd") : value;
}
