/** Which marks a page needs: those of some papers, of a day's papers, or none. */
export type Marked = { ids: string[] } | { day: string } | null;

/**
 * Loads the reader's marks and settings as a style sheet, because the page itself is cached and the same for everyone.
 * The style sheet blocks the first paint, so nothing flickers or shifts.
 */
export function ReaderMarks({ marks }: { marks: Marked }) {
  let query = "";
  if (marks && "day" in marks) query = `?day=${marks.day}`;
  else if (marks && marks.ids.length > 0) query = `?ids=${marks.ids.map(encodeURIComponent).join(",")}`;
  return <link rel="stylesheet" href={`/me.css${query}`} precedence="me" />;
}
