import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { findDueSeries } from "@/lib/digest/due";
import { makeIssue } from "@/lib/digest/issues";
import { addEdition, noonAfter, subscribe } from "@/tests/digest-library";
import { openTestLibrary } from "@/tests/library";
import { openMailServer, type Received } from "@/tests/mail-server";

const { db } = openTestLibrary();
const mail = openMailServer();

// In full: 50 moments while 1,000 mails go out.
const moments = Number(process.env.DIGEST_CRASHES ?? 4);
const subscribers = Number(process.env.DIGEST_MAILS ?? 100);

const program = path.resolve("scripts/digest.mjs");
const digest = (...args: string[]) =>
  spawn(process.execPath, [program, ...args], {
    env: { ...process.env, INIT_CWD: "" },
    stdio: ["ignore", "pipe", "pipe"],
  });

async function end(child: ChildProcess): Promise<{ code: number | null; out: string; errors: string }> {
  const [out, errors, [code]] = await Promise.all([
    child.stdout ? text(child.stdout) : "",
    child.stderr ? text(child.stderr) : "",
    once(child, "exit"),
  ]);
  return { code, out, errors };
}

/** An edition whose digest is queued for many subscribers. */
async function queueMany(): Promise<void> {
  await addEdition(db(), ["Tea"]);
  const row = {
    q: "",
    rhythm: "daily",
    state: "active",
    askedFrom: "",
    createdAt: noonAfter,
    confirmedAt: noonAfter,
  };
  await db().subscription.createMany({
    data: Array.from({ length: subscribers }, (_, at) => {
      const address = `reader${at}@example.org`;
      return { ...row, address, mailbox: address, token: `token-${at}` };
    }),
  });
  for (const due of await findDueSeries(db(), noonAfter)) await makeIssue(db(), due, new Date());
}

/** What a crashed process had taken is free again, as it is five minutes later. */
async function expireLeases(): Promise<void> {
  await db().delivery.updateMany({ where: { lease: { not: null } }, data: { leasedUntil: noonAfter } });
}

/** How often each subscriber received the digest, and how many mails have which id. */
function count(received: Received[]) {
  const perAddress = new Map<string, string[]>();
  for (const { to, raw } of received) {
    const id = /^Message-ID: (.+)$/m.exec(raw.toString())?.[1] ?? "";
    perAddress.set(to, [...(perAddress.get(to) ?? []), id]);
  }
  return [...perAddress.values()];
}

test("whenever the process is killed, every subscriber gets the mail, and twice only if the log says so", async () => {
  const received = await mail.start();
  await queueMany();
  let output = "";
  for (let moment = 0; moment < moments; moment++) {
    const before = received.length;
    const until = before + 1 + Math.floor((Math.random() * subscribers) / moments);
    const child = digest("--send");
    const ended = end(child);
    const watch = setInterval(() => received.length >= until && child.kill("SIGKILL"), 1);
    output += (await ended).out;
    clearInterval(watch);
    await expireLeases();
  }
  output += (await end(digest("--send"))).out;
  const ids = count(received);
  expect(ids).toHaveLength(subscribers);
  expect(ids.every((one) => new Set(one).size === 1)).toBe(true);
  const repeated = ids.flat().length - subscribers;
  const warned = output.split("\n").filter((line) => line.includes("so this may arrive twice"));
  expect(repeated).toBeLessThanOrEqual(warned.length);
  expect(repeated).toBeLessThanOrEqual(3 * moments); // what was under way
  expect(await db().delivery.count({ where: { state: { not: "sent" } } })).toBe(0);
});

test("a process that is told to stop finishes what it began, and nothing arrives twice", async () => {
  const received = await mail.start();
  await queueMany();
  const child = digest("--send");
  const ended = end(child);
  const watch = setInterval(() => received.length >= 10 && !child.killed && child.kill("SIGTERM"), 1);
  const { code, errors } = await ended;
  clearInterval(watch);
  expect([code, errors]).toEqual([0, ""]);
  expect(received.length).toBeLessThan(subscribers);
  expect(await db().delivery.count({ where: { state: "sent" } })).toBe(received.length);
  expect(await db().delivery.count({ where: { lease: { not: null } } })).toBe(0);
});

test("two processes at once share the work, and send every mail once", async () => {
  const received = await mail.start();
  await queueMany();
  const ended = await Promise.all([digest("--send"), digest("--send")].map(end));
  expect(ended.map(({ code, errors }) => [code, errors])).toEqual([
    [0, ""],
    [0, ""],
  ]);
  const ids = count(received);
  expect([ids.length, ids.filter((one) => one.length > 1).length]).toEqual([subscribers, 0]);
  expect(ended.map(({ out }) => /(\d+) sent/.exec(out)?.[1]).every((sent) => Number(sent) > 0)).toBe(true);
});

test("the program previews, sends one edition to one address, and removes an address", async () => {
  const received = await mail.start();
  await addEdition(db(), ["Tea"]);
  await addEdition(db(), ["Cups"], "2025-12-10", 11);
  const preview = await end(digest("--preview", "--day", "2025-12-10"));
  expect([preview.code, preview.errors]).toEqual([0, ""]);
  expect(preview.out).toContain("Cups");
  expect((await end(digest("--preview", "--day", "2025-12-09"))).errors).toMatch(
    /^digest: the edition of 2025-12-09 has nothing new/,
  );
  expect((await end(digest("--send", "--to", "ada@example.org"))).out).toMatch(
    /^digest: ada@example.org: 250 /,
  );
  expect(received.map(({ to, raw }) => [to, raw.toString().includes("Tea")])).toEqual([
    ["ada@example.org", true],
  ]);
  await subscribe(db(), "bo@example.org");
  expect((await end(digest("--remove", "Bo@example.org"))).out).toBe(
    "digest: 1 subscription of Bo@example.org removed\n",
  );
  process.env.SMTP_URL = "smtp://127.0.0.1:1";
  expect(await end(digest("--send", "--to", "ada@example.org"))).toMatchObject({
    code: 1,
    errors: "digest: could not connect to the mail server\n",
  });
});

test.each([
  [[], "expected one of --preview, --send and --remove"],
  [["--send", "--preview"], "expected one of"],
  [["--send", "--to", "ada"], 'expected an address like name@example.org, got "ada"'],
  [["--send", "--day", "2025-02-30"], '--day: expected a day like 2026-08-21, got "2025-02-30"'],
  [["--preview", "--to", "ada@example.org"], "--to: expected --send, got --preview"],
  [["--frequently"], "Unknown option '--frequently'"],
])("%j is refused", async (args, line) => {
  const { code, out, errors } = await end(digest(...args));
  expect([code, out]).toEqual([2, ""]);
  expect(errors).toContain(line);
  expect(errors.trim().split("\n")).toHaveLength(1);
});
