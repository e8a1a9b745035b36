import { arxivIdsIn } from "../../arxiv-id";
import { toBrought } from "../brought";
import type { Context, KnownById, Listing, Rejection } from "../listing";
import { excerptOf } from "../reasons";
import { checkNumber, toLibrary } from "./references";

// An ordinary text may name a few papers, but it is not a list of them.
const namingShare = 0.9;

/**
 * The arXiv ids and addresses in a text that no other format recognizes. A text is a list of ids if nine of ten lines
 * name one; the others are then rejected. If ids are asked for (`Context.collectIds`), any text is read, and what
 * stands between the ids is ignored.
 */
export function parseIds(body: string, { collectIds = false }: Context): Listing | null {
  if (!collectIds && /^\s*[<{[]/.test(body)) return null; // markup or JSON of another kind
  const knownById: KnownById[] = [];
  const rejections: Rejection[] = [];
  const found = new Set<string>();
  let place = 0;
  let [lines, naming] = [0, 0];
  for (const [line] of body.matchAll(/[^\r\n]+/g)) {
    if (line.trim() === "") continue;
    lines++;
    const ids = arxivIdsIn(line);
    if (ids.length > 0) naming++;
    else if (!collectIds) {
      checkNumber("ids", ++place);
      rejections.push({ entry: place, reason: "expected an arXiv id, got none", excerpt: excerptOf(line) });
    }
    for (const id of ids.filter((id) => !found.has(id))) {
      checkNumber("ids", ++place);
      found.add(id);
      knownById.push({ place, id, excerpt: excerptOf(line), brought: toBrought({}).brought });
    }
  }
  if (collectIds && naming === 0) throw new Error("ids: expected arXiv ids, got a text without any");
  if (naming === 0 || (!collectIds && naming < namingShare * lines)) return null;
  return toLibrary("ids", { entries: [], rejections, knownById });
}

/** Throws, because an entry that is only an id has no record. */
export function rereadIds(): never {
  throw new Error("expected an entry with a title, got an id in a stored entry");
}
