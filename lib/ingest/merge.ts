import { type PaperRecord, tagSources } from "../paper";

/**
 * What is known of a paper after one more source spoke: what was null is filled, what moves (upvotes, comments, stars)
 * is the newest, nothing is erased. `listedOn` and derived tags are left to the caller.
 */
export function mergeRecords(known: PaperRecord, said: PaperRecord): PaperRecord {
  return {
    arxivId: known.arxivId ?? said.arxivId,
    title: known.title,
    abstract: known.abstract ?? said.abstract,
    authors: known.authors.length > 0 ? known.authors : said.authors,
    authorCount: known.authorCount ?? said.authorCount,
    publishedOn: known.publishedOn ?? said.publishedOn,
    listedOn: known.listedOn,
    upvotes: said.upvotes ?? known.upvotes,
    commentCount: said.commentCount ?? known.commentCount,
    tags: tagSources.flatMap((source) => {
      const of = (tags: PaperRecord["tags"]) => tags.filter((tag) => tag.source === source);
      const own = of(known.tags);
      return own.length > 0 ? own : of(said.tags);
    }),
    submittedBy: known.submittedBy ?? said.submittedBy,
    organization: known.organization ?? said.organization,
    code: known.code ? { url: known.code.url, stars: said.code?.stars ?? known.code.stars } : said.code,
    projectPage: known.projectPage ?? said.projectPage,
    summary: known.summary ?? said.summary,
    withdrawn: said.withdrawn ?? known.withdrawn,
  };
}
