import type { Paper } from "@/lib/paper";

const shown = 3;

/** The first authors and how many more there are, or only their number if no names are known. Then the organization. */
export function AuthorsLine({ paper }: { paper: Paper }) {
  const { authors, authorCount, organization } = paper;
  const first = authors.slice(0, shown).join(", ");
  const more = Math.max(authors.length, authorCount ?? 0) - Math.min(authors.length, shown);
  const parts = [
    first && (more > 0 ? `${first} and ${more.toLocaleString("en")} more` : first),
    !first && authorCount !== null && formatAuthorCount(authorCount),
    organization && (organization.fullName ?? organization.name),
  ].filter((part) => typeof part === "string" && part !== "");
  return parts.length > 0 ? (
    <p className="mt-1 break-after-avoid text-soft wrap-anywhere">{parts.join(" · ")}</p>
  ) : null;
}

export function formatAuthorCount(count: number): string {
  return count === 1 ? "1 author" : `${count.toLocaleString("en")} authors`;
}
