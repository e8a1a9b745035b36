import type { Database } from "@/lib/db/client";
import { runDigests } from "@/lib/digest/run";
import { confirmSubscription, requestSubscription } from "@/lib/digest/subscriptions";
import { hubAnswer } from "./hub-answer";
import { scrapeBody } from "./library";

/** The day of the edition, and the next noon, when it is over for long enough to be sent. */
export const day = "2025-12-11";
export const noonAfter = new Date("2025-12-12T12:00:00Z");

/** Imports an edition with papers of these titles. */
export function addEdition(db: Database, titles: string[], of = day, firstNumber = 1) {
  const items = titles.map((title, at) => ({
    id: `2512.${String(firstNumber + at).padStart(5, "0")}`,
    title,
    day: of,
  }));
  return scrapeBody(db, hubAnswer(items), { kind: "day", url: null, source: `${of}.json`, pageDate: of });
}

export const outside = { from: "203.0.113.7", reader: null };

/** Subscribes an address and confirms it. Returns its token. */
export async function subscribe(
  db: Database,
  address: string,
  { q = "", rhythm = "daily" as "daily" | "weekly", at = noonAfter, from = address } = {},
): Promise<string> {
  await requestSubscription({ address, q, rhythm }, { from, reader: null }, at);
  const { token } = await db.subscription.findFirstOrThrow({ where: { address, q, rhythm } });
  await db.delivery.deleteMany({ where: { issueId: null } }); // the mail that asks for it
  await confirmSubscription(token, at);
  return token;
}

/** Runs what the server runs. Returns its lines and whether all was sent. */
export async function run(db: Database, now: Date): Promise<{ all: boolean; lines: string[] }> {
  const lines: string[] = [];
  const all = await runDigests(db, { clock: () => now, say: (line) => lines.push(line) });
  return { all, lines };
}

export const later = (now: Date, minutes: number) => new Date(now.getTime() + minutes * 60_000);
