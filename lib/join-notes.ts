const line = "\n\n---\n\n";

/** A note with another one appended below a line, unless that is already a part of it. */
export function joinNotes(first: string, second: string): string {
  const added = second.replace(/\r\n?/g, "\n").trim();
  if (added === "" || first.split(line).some((part) => part.trim() === added)) return first;
  return first.trim() === "" ? added : `${first.trimEnd()}${line}${added}`;
}
