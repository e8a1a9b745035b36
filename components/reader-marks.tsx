/** Which marks a page needs: those of some papers, of a day's papers, or none. */
export type Marked = { ids: string[] } | { day: string } | null;

/**
 * Loads what belongs to the reader as a style sheet, because the page itself is cached and the same for everyone. It
 * blocks the first paint, so nothing flickers or shifts.
 */
export function ReaderMarks({ of }: { of: Marked }) {
  let asked = "";
  if (of && "day" in of) asked = `?day=${of.day}`;
  else if (of && of.ids.length > 0) asked = `?ids=${of.ids.map(encodeURIComponent).join(",")}`;
  return <link rel="stylesheet" href={`/me.css${asked}`} precedence="me" />;
}
