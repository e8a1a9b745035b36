/**
 * A name for comparing: two names that differ only in case, in the width of their letters, in quotes or in spaces are the same.
 * Quotes make no difference because a quoted name cannot contain any.
 */
export function foldName(name: string): string {
  return name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s"]+/g, " ")
    .trim();
}
