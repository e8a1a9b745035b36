/**
 * The reader's own marks on these papers, or on all that were listed on a day, as a style sheet of its own: what is around it is the same for every reader and
 * comes from a cache. It blocks the first paint, so nothing flickers or shifts.
 */
export function MyMarks(papers: { ids: string[] } | { day: string }) {
  const asked = "day" in papers ? `day=${papers.day}` : `ids=${papers.ids.map(encodeURIComponent).join(",")}`;
  return asked !== "ids=" && <link rel="stylesheet" href={`/me.css?${asked}`} precedence="me" />;
}
