type Props = { page: number; pages: number; href: (page: number) => string };

/** Links to the pages of a list: the first, the last, and those around the current one. */
export function Pager({ page, pages, href }: Props) {
  if (pages < 2) return null;
  const near = [...new Set([1, page - 2, page - 1, page, page + 1, page + 2, pages])];
  const numbers = near.filter((number) => number >= 1 && number <= pages);
  return (
    <nav aria-label="Pages" className="mt-8 flex flex-wrap items-center tabular-nums sm:gap-1 print:hidden">
      {page > 1 && page <= pages && (
        <a rel="prev" href={href(page - 1)} className="mr-2 px-2 py-1.5">
          ‹ <span className="max-sm:sr-only">Previous</span>
        </a>
      )}
      {numbers.map((number, index) => (
        <span key={number} className="contents">
          {number - (numbers[index - 1] ?? number) > 1 && <span className="px-1 text-faint">…</span>}
          <a
            href={href(number)}
            aria-label={`Page ${number}`}
            aria-current={number === page ? "page" : undefined}
            className="min-w-8 rounded-md px-2 py-1.5 text-center text-soft aria-[current=page]:bg-raised aria-[current=page]:font-semibold aria-[current=page]:text-ink"
          >
            {number.toLocaleString("en")}
          </a>
        </span>
      ))}
      {page < pages && (
        <a rel="next" href={href(page + 1)} className="ml-2 px-2 py-1.5">
          <span className="max-sm:sr-only">Next</span> ›
        </a>
      )}
    </nav>
  );
}
