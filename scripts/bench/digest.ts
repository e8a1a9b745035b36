import { mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { SMTPServer } from "smtp-server";
import { closingTimeOf } from "@/lib/days";
import { closeDatabase, database } from "@/lib/db/client";
import { engineFor } from "@/lib/db/engine-for";
import { findDueSeries } from "@/lib/digest/due";
import { makeIssue } from "@/lib/digest/issues";
import { openMailer } from "@/lib/digest/mailer";
import { sendQueued } from "@/lib/digest/send-queued";
import { findLatestListedDay } from "@/lib/papers/listed";
import { startPostgres } from "../drill/start-postgres";
import { openProgress } from "../progress";
import { fillLibrary } from "./ingest";

const subscribers = 10_000;
const searches = 200;

/**
 * 10,000 subscribers of 200 searches get the digest of the file's last edition: how long it takes to find and store the 200
 * digests, and to write 10,000 mails and hand them to a server on this machine, and how much memory at most.
 */
export async function benchDigest(
  file: string,
  limit: number,
  _minutes: number,
  onPostgres: boolean,
): Promise<object> {
  const folder = mkdtempSync(path.join(tmpdir(), "broadsheet-bench-"));
  const progress = openProgress("bench");
  const server = onPostgres ? await startPostgres([]) : null;
  process.env.DATABASE_URL = server?.url ?? `file:${path.join(folder, "library.db")}`;
  delete process.env.DATABASE_REPLICA_URL;
  try {
    await engineFor(process.env.DATABASE_URL).migrate(process.env.DATABASE_URL);
    const db = database();
    await fillLibrary(file, limit, db, (saved) =>
      progress.show(saved, null, `${saved.toLocaleString("en")} papers`),
    );
    const day = (await findLatestListedDay(db, false)) ?? "2025-12-11";
    const now = new Date(closingTimeOf(day).getTime() + 7 * 3_600_000);
    await subscribeMany(now);
    let mostMemory = 0;
    const watch = setInterval(() => {
      mostMemory = Math.max(mostMemory, process.memoryUsage().rss);
    }, 20);
    const before = process.memoryUsage().rss;

    const due = await findDueSeries(db, now);
    let startedAt = performance.now();
    for (const [at, one] of due.entries()) {
      progress.show(at, due.length, "digests");
      await makeIssue(db, one, now);
    }
    const composing = seconds(startedAt);
    const memoryComposing = mostMemory;
    const queued = await db.delivery.count();

    startedAt = performance.now();
    const { received, close, url } = await startSink();
    const from = "papers@broadsheet.example";
    const mailer = openMailer(`${url}?rateLimit=100000`, from);
    const clock = () => now;
    const site = "https://broadsheet.example";
    const sent = await sendQueued(db, {
      ...{ mail: { mailer, from }, site, webhooksPrivate: false, clock },
      say: (line) => console.error(line),
    });
    const sending = seconds(startedAt);
    mailer.close();
    await close();
    clearInterval(watch);
    progress.end();
    const megabytes = (bytes: number) => Math.round(bytes / 2 ** 20);
    return {
      ...{ day, digests: due.length, queued, ...sent, received: received() },
      seconds: { composing, sending },
      megabytes: {
        before: megabytes(before),
        composing: megabytes(memoryComposing),
        sending: megabytes(mostMemory),
      },
    };
  } finally {
    progress.end();
    await closeDatabase();
    await server?.stop();
    rmSync(folder, { recursive: true });
  }
}

const seconds = (since: number) => Number(((performance.now() - since) / 1000).toFixed(1));

/** Subscribers of the edition and of the library's most common words. */
async function subscribeMany(now: Date): Promise<void> {
  const words = await database().word.findMany({ orderBy: { papers: "desc" }, take: searches - 1 });
  const asked = ["", ...words.map(({ word }) => word)];
  const row = { rhythm: "daily", state: "active", askedFrom: "", createdAt: now, confirmedAt: now };
  await database().subscription.createMany({
    data: Array.from({ length: subscribers }, (_, at) => {
      const address = `reader${at}@example.org`;
      return { ...row, address, mailbox: address, q: asked[at % asked.length] ?? "", token: `token-${at}` };
    }),
  });
}

/** A mail server that counts what it receives. */
async function startSink() {
  let count = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    disableReverseLookup: true,
    onData: (stream, _, done) =>
      void stream.resume().on("end", () => {
        count++;
        done();
      }),
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo; // it listens on a port
  return {
    url: `smtp://127.0.0.1:${port}`,
    received: () => count,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
