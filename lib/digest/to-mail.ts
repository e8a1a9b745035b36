import type { Digest } from "./find-digest";
import type { Letter } from "./letters";
import { toHtml } from "./to-html";
import { toText } from "./to-text";
import { type Links, toSubject } from "./words";

/** A digest as a mail. Its links are absolute. */
export async function toMail(digest: Digest, links: Links): Promise<Letter> {
  return { subject: toSubject(digest), text: toText(digest, links), html: toHtml(digest, links) };
}
