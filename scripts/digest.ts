import { parseArgs } from "node:util";
import { type Day, isDay } from "@/lib/days";
import { closeDatabase, database } from "@/lib/db/client";
import { engineFor } from "@/lib/db/engine-for";
import { lineOf } from "@/lib/db/problem";
import { findMigrationProblem } from "@/lib/db/readiness";
import { runDigests } from "@/lib/digest/run";
import { findEditionDigest, sendEdition } from "@/lib/digest/send-edition";
import { siteOf } from "@/lib/digest/site";
import { deleteAddress } from "@/lib/digest/subscriptions";
import { toMail } from "@/lib/digest/to-mail";
import { readEnv } from "@/lib/env";
import { isMailAddress } from "@/lib/mail-address";
import { printable } from "@/lib/printable";
import { count } from "@/lib/words/count";

const usage = `npm run digest -- --preview [--day DAY]
npm run digest -- --send [--to ADDRESS] [--day DAY]
npm run digest -- --remove ADDRESS

--preview prints the digest of the latest edition, or of a day, as plain text. --send makes the digests that are due, and
sends them and everything else that is queued, as the server does by itself; with --day, the digests of that
edition instead. Nobody gets a digest of the same edition twice. With --to, the digest of the edition goes to this address
alone, whether or not it is subscribed. --remove deletes all subscriptions of an address, for someone who asked you for it.

Exit: 0 done · 1 not everything was sent, with the reasons · 2 wrong usage`;

type Task =
  | { does: "preview" | "send"; to: string | null; day: Day | null }
  | { does: "remove"; address: string };

/** Runs the program with its command-line arguments. Returns the exit code. */
export async function main(args: string[]): Promise<number> {
  if (args.includes("--help") || args.includes("-h")) {
    console.log(usage);
    return 0;
  }
  let task: Task;
  try {
    task = readTask(args);
  } catch (error) {
    console.error(printable(`digest: ${error instanceof Error ? error.message : error}   (see --help)`));
    return 2;
  }
  try {
    const { databaseUrl } = readEnv();
    const problem = await findMigrationProblem(database(), engineFor(databaseUrl));
    if (problem !== null) throw new Error(problem);
    return (await run(task)) ? 0 : 1;
  } catch (error) {
    console.error(printable(`digest: ${lineOf(error)}`));
    return 1;
  } finally {
    await closeDatabase();
  }
}

function readTask(args: string[]): Task {
  const { values } = parseArgs({
    args,
    options: {
      preview: { type: "boolean", default: false },
      send: { type: "boolean", default: false },
      remove: { type: "string" },
      to: { type: "string" },
      day: { type: "string" },
    },
  });
  const { preview, send, remove, to = null, day = null } = values;
  if (Number(preview) + Number(send) + Number(remove !== undefined) !== 1)
    throw new Error("expected one of --preview, --send and --remove");
  for (const address of [remove, to])
    if (address && !isMailAddress(address))
      throw new Error(`expected an address like name@example.org, got "${address}"`);
  if (day !== null && !isDay(day)) throw new Error(`--day: expected a day like 2026-08-21, got "${day}"`);
  if (remove !== undefined) return { does: "remove", address: remove };
  if (preview && to !== null) throw new Error("--to: expected --send, got --preview");
  return { does: preview ? "preview" : "send", to, day };
}

/** Returns whether everything was sent. */
async function run(task: Task): Promise<boolean> {
  const say = (line: string) => console.log(printable(`digest: ${line}`));
  if (task.does === "remove") {
    say(`${count(await deleteAddress(task.address), "subscription")} of ${task.address} removed`);
    return true;
  }
  const { to, day } = task;
  if (task.does === "preview") {
    const site = siteOf(readEnv());
    const digest = await findEditionDigest(database(), day);
    const { subject, text } = await toMail(digest, {
      site,
      manage: `${site}/subscribe`,
      leave: `${site}/subscribe`,
    });
    console.log(`${subject}\n\n${text}`);
    return true;
  }
  if (to === null) {
    // A mail that is cut off would be sent again.
    const stopping = new AbortController();
    for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.once(signal, () => stopping.abort());
    return runDigests(database(), { day, signal: stopping.signal, say });
  }
  say(`${to}: ${await sendEdition(database(), to, day)}`);
  return true;
}
