import { filterOf, isOwn } from "../papers/filter";
import { readText } from "../papers/query";

export const maxSubscribedQuery = 200;

// A stranger's mail asks for a confirmation and names the search, so it must not advertise an address.
const address = /:\/\/|\bwww\.|[\p{L}\d]\.[a-z]{2,}\//iu;

/** Whether one can subscribe to a search. The empty one is the edition. */
export function isSubscribable(q: string): boolean {
  if (q.length > maxSubscribedQuery || address.test(q) || isOwn(filterOf({ q }), null)) return false;
  return q === "" || readText(q).parts.length > 0;
}
