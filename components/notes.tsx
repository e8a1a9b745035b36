/** Lines about what was ignored in the address of a page. */
export function Notes({ lines }: { lines: string[] }) {
  if (lines.length === 0) return null;
  return (
    <div role="status" className="mt-4 border-edge border-l-2 pl-3 text-soft wrap-anywhere">
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  );
}
