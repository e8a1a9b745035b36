import type { PaperRecord } from "../paper";
import { arxivLinks } from "../papers/links";
import { arxivDoi, oneLine } from "./cite-item";
import { familyFirst, toNames } from "./name";

/**
 * The title of a `<span class="Z3988">` that tells Zotero about a paper (COinS: OpenURL in Dublin Core). Not escaped for HTML,
 * because React does that.
 */
export function toCoins(paper: PaperRecord): string {
  const { arxivId } = paper;
  const fields: [name: string, value: string | null][] = [
    ["ctx_ver", "Z39.88-2004"],
    ["rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"],
    ["rft.type", arxivId && "preprint"],
    ["rft.title", paper.title],
    ...toNames(paper.authors).map((name): [string, string] => ["rft.creator", familyFirst(name)]),
    ["rft.date", paper.publishedOn],
    ["rft_id", arxivId && `info:doi/${arxivDoi(arxivId)}`],
    ["rft.identifier", arxivId && arxivLinks(arxivId).abstract],
  ];
  return fields
    .flatMap(([name, value]) => (value ? [`${name}=${encodeURIComponent(oneLine(value))}`] : []))
    .join("&");
}
