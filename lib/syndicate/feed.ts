import { sharedDatabase } from "../db/client";
import { describeFilter } from "../papers/describe";
import { findLastImportAt } from "../papers/editions";
import { type Filter, filterState } from "../papers/filter";
import { arxivLinks } from "../papers/links";
import { listPapers, type OwnPapers } from "../papers/list";
import { shorten } from "../shorten";
import { paperPath } from "../words/paper-path";
import type { Feed } from "./atom";

const perPage = 50;

/**
 * The papers of a filter as a feed. Newest first unless the filter names an order, because by relevance new papers would
 * be hidden. `base` is the scheme, name and port of this site. The filter's limit is ignored: a page has 50 papers.
 */
export async function findFeed(filter: Filter, base: string, own: OwnPapers | null = null): Promise<Feed> {
  const { total, papers } = await listPapers(
    { ...filter, sort: filter.sort ?? "newest", limit: perPage },
    own,
  );
  const rows = await sharedDatabase().paper.findMany({
    where: { id: { in: papers.map((paper) => paper.id) } },
    select: { id: true, createdAt: true, formerIds: { select: { id: true } } },
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  const withoutLimit = { ...filter, limit: filterState.defaults.limit };
  return {
    title: `Broadsheet: ${describeFilter(filter)}`,
    base,
    self: filterState.href("/feeds/atom.xml", withoutLimit),
    page: filterState.href("/papers", { ...withoutLimit, page: 1 }),
    next:
      filter.page * perPage < total
        ? filterState.href("/feeds/atom.xml", { ...withoutLimit, page: filter.page + 1 })
        : null,
    updated: (await findLastImportAt()) ?? new Date(0),
    entries: papers.flatMap((paper) => {
      const row = byId.get(paper.id);
      if (!row) return [];
      return [
        {
          firstId: row.formerIds[0]?.id ?? paper.id,
          title: paper.title,
          abstract: paper.abstract === null ? null : shorten(paper.abstract),
          authors: paper.authors,
          tags: paper.tags.map((tag) => tag.name),
          path: paperPath(paper.id),
          pdf: paper.arxivId ? arxivLinks(paper.arxivId).pdf : null,
          listedOn: paper.listedOn,
          createdAt: row.createdAt,
        },
      ];
    }),
  };
}
