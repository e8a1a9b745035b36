import type { Paper } from "@/lib/paper";
import { PaperCard } from "./paper-card";

type Props = {
  papers: Paper[];
  /** Whether the first paper is set as the lead. */
  lead?: boolean;
  /** A note to show on a paper, by id. */
  notes?: Map<string, string>;
  /** Whether each paper shows its day. */
  dated?: boolean;
};

/** Papers in order. One form around them serves all their buttons. */
export function PaperList({ papers, lead = false, notes, dated = false }: Props) {
  return (
    <form method="post" action="/bookmarks">
      {papers.map((paper, index) => (
        <PaperCard
          key={paper.id}
          paper={paper}
          lead={lead && index === 0}
          note={notes?.get(paper.id)}
          dated={dated}
        />
      ))}
    </form>
  );
}
