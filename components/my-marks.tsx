/** Whose marks a page shows: those of some papers, of all that were listed on a day, or of none. */
export type Marked = { ids: string[] } | { day: string } | null;

/**
 * What is the reader's own on a page, as a style sheet: what is around it is the same for every reader and comes from a
 * cache. It blocks the first paint, so nothing flickers or shifts.
 */
export function MyMarks({ of }: { of: Marked }) {
  let asked = "";
  if (of && "day" in of) asked = `?day=${of.day}`;
  else if (of && of.ids.length > 0) asked = `?ids=${of.ids.map(encodeURIComponent).join(",")}`;
  return <link rel="stylesheet" href={`/me.css${asked}`} precedence="me" />;
}
