import type { Paper } from "@/lib/paper";
import { PaperCard } from "./paper-card";

/** Papers in order, in one form for the keep buttons of all. */
export function PaperList({ papers, lead = false }: { papers: Paper[]; lead?: boolean }) {
  return (
    <form method="post" action="/bookmarks">
      {papers.map((paper, index) => (
        <PaperCard key={paper.id} paper={paper} lead={lead && index === 0} />
      ))}
    </form>
  );
}
