import { randomUUID } from "node:crypto";
import type { Day } from "../days";
import type { Database } from "../db/client";
import { type Env, readEnv } from "../env";
import { findLatestListedDay } from "../papers/listed";
import { currentReader } from "../readers/current-reader";
import type { Digest } from "./find-digest";
import { automatic } from "./headers";
import { composeDigest } from "./issues";
import { toTestLetter } from "./letters";
import { describeFailure } from "./mail-failure";
import { type Letter, openMailer } from "./mailer";
import { toMail } from "./to-mail";

/** The digest of an edition, by default of the latest. Throws an Error of one line if it has no papers. */
export async function findEditionDigest(db: Database, day: Day | null): Promise<Digest> {
  const of = day ?? (await findLatestListedDay(db, false));
  const series = { q: "", rhythm: "daily", hour: null, zone: "UTC", watcher: currentReader() } as const;
  const digest = of === null ? null : await composeDigest(db, series, of);
  if (!digest)
    throw new Error(of === null ? "the library has no edition yet" : `the edition of ${of} has nothing new`);
  return digest;
}

/** Sends the digest of an edition to one address. Returns the server's answer. Throws an Error of one line if it is not sent. */
export async function sendEdition(db: Database, to: string, day: Day | null): Promise<string> {
  const mail = mailOf(readEnv());
  const digest = await findEditionDigest(db, day);
  const subscribe = `${mail.site}/subscribe`;
  return sendNow(mail, to, await toMail(digest, { site: mail.site, manage: subscribe, leave: subscribe }));
}

/** Sends a mail that shows whether mail works. Returns the server's answer, or what went wrong. */
export async function sendTest(to: string): Promise<{ sent: boolean; answer: string }> {
  const mail = mailOf(readEnv());
  try {
    return { sent: true, answer: await sendNow(mail, to, toTestLetter({ site: mail.site })) };
  } catch (error) {
    return { sent: false, answer: error instanceof Error ? error.message : String(error) };
  }
}

type Mail = NonNullable<Env["mail"]>;

function mailOf({ mail }: Env): Mail {
  if (!mail) throw new Error("mail is not configured: set SMTP_URL, MAIL_FROM and PUBLIC_URL");
  return mail;
}

async function sendNow({ smtpUrl, from, site }: Mail, to: string, letter: Letter): Promise<string> {
  const mailer = openMailer(smtpUrl, from);
  try {
    const messageId = `<${randomUUID()}@${new URL(site).hostname}>`;
    return await mailer.send({ ...letter, to, messageId, headers: automatic });
  } catch (error) {
    // Without the cause: a refused connection would be taken for one to the database.
    throw new Error(describeFailure(error).why);
  } finally {
    mailer.close();
  }
}
