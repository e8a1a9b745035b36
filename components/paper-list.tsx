import type { Paper } from "@/lib/paper";
import { PaperCard } from "./paper-card";

type Props = {
  papers: Paper[];
  /** The first is set as the lead. */
  lead?: boolean;
  /** What else is to be said of a paper here, by id. */
  notes?: Map<string, string>;
};

/** Papers in order, in one form for the keep buttons of all. */
export function PaperList({ papers, lead = false, notes }: Props) {
  return (
    <form method="post" action="/bookmarks">
      {papers.map((paper, index) => (
        <PaperCard key={paper.id} paper={paper} lead={lead && index === 0} note={notes?.get(paper.id)} />
      ))}
    </form>
  );
}
