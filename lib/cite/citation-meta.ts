import { arxivLinks } from "../papers/links";
import { paperPath } from "../words/paper-path";
import { arxivDoi, type CiteItem, keywordsOf, oneLine } from "./cite-item";
import { familyFirst, toNames } from "./name";

/**
 * The `<meta>` tags of a paper's page, in order, that Zotero and Google Scholar read. `z:itemType` tells Zotero that it is a
 * preprint; with `citation_title` alone it would be a journal article. Without `siteUrl`, nothing says where the page is.
 */
export function toCitationMeta(
  item: Pick<CiteItem, "id" | "paper">,
  siteUrl: string | null,
): { name: string; content: string }[] {
  const { id, paper } = item;
  const links = paper.arxivId ? arxivLinks(paper.arxivId) : null;
  const page = siteUrl && new URL(paperPath(id), siteUrl).href;
  const tags: [name: string, content: string | null][] = [
    ["citation_title", paper.title],
    ...toNames(paper.authors).map((name): [string, string] => ["citation_author", familyFirst(name)]),
    ["citation_publication_date", paper.publishedOn?.replaceAll("-", "/") ?? null],
    ["citation_doi", paper.arxivId && arxivDoi(paper.arxivId)],
    ["citation_arxiv_id", paper.arxivId],
    ["citation_abstract", paper.abstract],
    ...keywordsOf({ paper, bookmark: null }).map((keyword): [string, string] => [
      "citation_keywords",
      keyword,
    ]),
    ["citation_pdf_url", links?.pdf ?? null],
    ["citation_public_url", links?.abstract ?? page],
    ["citation_abstract_html_url", page],
    ["z:itemType", paper.arxivId && "preprint"],
  ];
  return tags.flatMap(([name, content]) => (content ? [{ name, content: oneLine(content) }] : []));
}
