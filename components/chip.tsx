/** A condition that a list is narrowed by. Selecting it removes it. */
export function Chip({ label, href, title = "Remove this filter" }: Props) {
  return (
    <a
      href={href}
      title={title}
      className="inline-flex min-h-7 items-center gap-2 rounded-full border border-edge px-3 wrap-anywhere hover:border-ink"
    >
      <span className="sr-only">Remove: </span>
      {label}
      <span aria-hidden="true">×</span>
    </a>
  );
}

type Props = { label: string; href: string; title?: string };
