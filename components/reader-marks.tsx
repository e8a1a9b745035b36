/** Which marks a page needs: those of some papers, perhaps found by a text, of a day's papers, or none. */
export type Marked = { ids: string[]; q?: string } | { day: string } | null;

/**
 * Loads the reader's marks and settings as a style sheet, because the page itself is cached and the same for everyone.
 * The style sheet blocks the first paint, so nothing flickers or shifts.
 */
export function ReaderMarks({ marks }: { marks: Marked }) {
  return <link rel="stylesheet" href={`/me.css${toQuery(marks)}`} precedence="me" />;
}

function toQuery(marks: Marked): string {
  if (marks === null) return "";
  if ("day" in marks) return `?day=${marks.day}`;
  const { ids, q = "" } = marks;
  const parts = [
    ...(ids.length > 0 ? [`ids=${ids.map(encodeURIComponent).join(",")}`] : []),
    ...(q === "" ? [] : [`q=${encodeURIComponent(q)}`]),
  ];
  return parts.length === 0 ? "" : `?${parts.join("&")}`;
}
