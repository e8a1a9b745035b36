/**
 * The reader's own marks on these papers, as a style sheet of its own: what is around it is the same for every reader and
 * comes from a cache. It blocks the first paint, so nothing flickers or shifts.
 */
export function MyMarks({ ids }: { ids: string[] }) {
  if (ids.length === 0) return null;
  return (
    <link rel="stylesheet" href={`/me.css?ids=${ids.map(encodeURIComponent).join(",")}`} precedence="me" />
  );
}
