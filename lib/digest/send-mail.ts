import { randomBytes } from "node:crypto";
import { LRUCache } from "lru-cache";
import type { Database } from "../db/client";
import { automatic, linksOf, listHeaders, messageIdOf } from "./headers";
import { readContent } from "./issues";
import { toConfirmLetter } from "./letters";
import type { Letter, Mail } from "./mailer";
import type { Taken } from "./queue";
import { nameOf, type Rhythm } from "./series";
import { toMail } from "./to-mail";

export type Sender = { site: string; from: string };
type Subscriber = NonNullable<Taken["subscription"]>;

/**
 * Writes the mails of deliveries. A digest is rendered once, with a token that cannot be guessed in its links; each mail
 * has its subscriber's in its place.
 */
export function openMailWriter(db: Database, { site, from }: Sender) {
  const placeholder = randomBytes(24).toString("base64url");
  const rendered = new LRUCache<number, Promise<Letter>>({ max: 20 });

  async function render(issue: number): Promise<Letter> {
    const { content } = await db.digestIssue.findUniqueOrThrow({
      where: { id: issue },
      select: { content: true },
    });
    return toMail(await readContent(content), linksOf(site, placeholder));
  }

  async function digestFor(issue: number, token: string): Promise<Letter> {
    const rendering = rendered.get(issue) ?? render(issue);
    rendered.set(issue, rendering);
    const { subject, text, html } = await rendering;
    return { subject, text: text.replaceAll(placeholder, token), html: html.replaceAll(placeholder, token) };
  }

  return async ({ id, issueId }: Taken, subscriber: Subscriber): Promise<Mail> => {
    const { address: to, q, rhythm, token } = subscriber;
    const messageId = messageIdOf(id, token, site);
    if (issueId !== null) {
      const headers = listHeaders(subscriber, { site, from });
      return { ...(await digestFor(issueId, token)), to, messageId, headers };
    }
    const of = {
      name: nameOf(q, rhythm as Rhythm /* so it was stored */),
      rhythm: rhythm as Rhythm /* so it was stored */,
      link: linksOf(site, token).manage,
      site,
    };
    return { ...toConfirmLetter(of), to, messageId, headers: automatic };
  };
}
