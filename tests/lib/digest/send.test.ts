import { execFileSync } from "node:child_process";
import { simpleParser } from "mailparser";
import { expect, test } from "vitest";
import { needsTls } from "@/lib/digest/mailer";
import { runDigests } from "@/lib/digest/run";
import {
  changeSubscription,
  findSubscription,
  pauseSubscription,
  requestSubscription,
} from "@/lib/digest/subscriptions";
import { logTest, mayTest } from "@/lib/digest/test-log";
import { addEdition, day, later, noonAfter, outside, run, subscribe } from "@/tests/digest-library";
import { openTestLibrary } from "@/tests/library";
import { openMailServer, type Received } from "@/tests/mail-server";

const { db } = openTestLibrary();
const mail = openMailServer();

const addresses = (received: Received[]) => received.map(({ to }) => to).sort();

test("a request is answered with one mail that asks to confirm, and nothing else is sent before", async () => {
  const received = await mail.start();
  await addEdition(db(), ["Tea"]);
  await requestSubscription({ address: "ada@example.org", q: "", rhythm: "daily" }, outside, noonAfter);
  expect((await run(db(), noonAfter)).lines).toEqual(["1 sent, 0 to be tried again, 0 failed"]);
  await run(db(), later(noonAfter, 60));
  expect(addresses(received)).toEqual(["ada@example.org"]);
  const letter = await simpleParser(received[0]?.raw ?? "");
  const { token } = await db().subscription.findFirstOrThrow();
  expect(letter.text).toContain(`https://broadsheet.example/subscribe/${token}`);
  expect(letter.headers.get("auto-submitted")).toBe("auto-generated");
  expect(letter.headers.has("list")).toBe(false);
});

test("an edition comes once, a late paper with the next one, and without new papers nothing comes", async () => {
  const received = await mail.start();
  await addEdition(db(), ["Tea", "Cups"]);
  await subscribe(db(), "ada@example.org");
  await subscribe(db(), "bo@example.org", { q: "kettles" });
  expect((await run(db(), noonAfter)).lines[0]).toMatch(/^made 1 digest in /);
  await run(db(), later(noonAfter, 1));
  expect(addresses(received)).toEqual(["ada@example.org"]);
  expect(received[0]?.raw.toString()).toContain("Tea");
  // The next day has a paper on kettles, and so has the day before, late.
  await addEdition(db(), ["Late kettles"], day, 11);
  await addEdition(db(), ["New kettles"], "2025-12-12", 21);
  const next = later(noonAfter, 24 * 60);
  await run(db(), next);
  await run(db(), next);
  expect(addresses(received)).toEqual(["ada@example.org", "ada@example.org", "bo@example.org"]);
  const toBo = received.find(({ to }) => to === "bo@example.org")?.raw.toString();
  expect(toBo).toContain("Late kettles");
  expect(toBo).toContain("New kettles");
});

test("whoever changes the rhythm gets no papers again that a mail had", async () => {
  const received = await mail.start();
  await addEdition(db(), ["Tea"]);
  const token = await subscribe(db(), "ada@example.org");
  await run(db(), noonAfter);
  const monday = new Date("2025-12-15T12:00:00Z");
  await changeSubscription(token, { rhythm: "weekly", hour: null, zone: "UTC" }, monday);
  await run(db(), monday);
  expect(received).toHaveLength(1);
  await addEdition(db(), ["Cups"], "2025-12-16", 31);
  await run(db(), later(monday, 7 * 24 * 60));
  expect(received.map(({ raw }) => raw.toString().includes("Cups"))).toEqual([false, true]);
  const letters = await Promise.all(received.map(({ raw }) => simpleParser(raw)));
  expect(letters.map(({ subject }) => subject?.split(",")[0])).toEqual(["Daily papers", "Weekly papers"]);
});

test("an edition that is imported late is sent on the same day", async () => {
  const received = await mail.start();
  await subscribe(db(), "ada@example.org");
  await run(db(), noonAfter);
  await addEdition(db(), ["Tea"]);
  await run(db(), later(noonAfter, 59));
  expect(received).toHaveLength(0); // it was looked for less than an hour ago
  await run(db(), later(noonAfter, 60));
  await run(db(), later(noonAfter, 180));
  expect(received).toHaveLength(1);
});

test("a day without an edition is not recorded as sent", async () => {
  await mail.start();
  await subscribe(db(), "ada@example.org");
  await expect(runDigests(db(), { day: "2030-01-01", say: () => {} })).rejects.toThrow(
    "--day: there is no edition of 2030-01-01",
  );
  expect(await db().digestIssue.count()).toBe(0);
});

test.each([
  ["smtp://mail.example", false],
  ["smtp://ada:secret@mail.example", true],
  ["smtp://ada:secret@8.8.8.8:587", true],
  ["smtp://ada:secret@localhost", false],
  ["smtp://ada:secret@127.0.0.1:2525", false],
  ["smtp://ada:secret@[fd00::1]", false],
])("%s: a password needs TLS: %s", (url, needed) => expect(needsTls(url)).toBe(needed));

test("five test mails an hour are the most", async () => {
  for (let at = 0; at < 5; at++) {
    expect(await mayTest(later(noonAfter, at))).toBe(true);
    await logTest({}, true, "250 OK", later(noonAfter, at));
  }
  expect(await mayTest(later(noonAfter, 59))).toBe(false);
  expect(await mayTest(later(noonAfter, 61))).toBe(true);
});

test("the headers let mail programs offer to leave, and the links are the subscriber's own", async () => {
  const received = await mail.start();
  await addEdition(db(), ["Tea für zwei <b>& 茶</b>"]);
  const tokens = {
    ada: await subscribe(db(), "ada@example.org"),
    bo: await subscribe(db(), "bo@example.org"),
  };
  await run(db(), noonAfter);
  const letters = await Promise.all(received.map(({ raw }) => simpleParser(raw)));
  for (const [name, token] of Object.entries(tokens)) {
    const at = received.findIndex(({ to }) => to === `${name}@example.org`);
    const letter = letters[at];
    const leave = `https://broadsheet.example/unsubscribe/${token}`;
    const lines = Object.fromEntries(
      (letter?.headerLines ?? []).map(({ key, line }) => [
        key,
        line.replace(/\r?\n\s+/g, " ").replace(/^[^:]+: */, ""),
      ]),
    );
    expect(lines).toMatchObject({
      from: "Papers <papers@broadsheet.example>",
      to: `${name}@example.org`,
      "list-id": "<edition.daily.broadsheet.example>",
      "list-unsubscribe": `<${leave}>, <mailto:papers@broadsheet.example?subject=unsubscribe%20${token}>`,
      "list-unsubscribe-post": "List-Unsubscribe=One-Click",
      precedence: "bulk",
      "auto-submitted": "auto-generated",
    });
    expect(lines["message-id"]).toMatch(/^<[0-9a-f]{24}@broadsheet\.example>$/);
    expect(letter?.date).toBeInstanceOf(Date);
    expect(letter?.text).toContain(`https://broadsheet.example/subscribe/${token}`);
    expect(letter?.html).toContain(leave);
    expect(letter?.text).toContain("Tea für zwei");
    const raw = received[at]?.raw ?? Buffer.alloc(0);
    expect(raw.every((byte) => byte < 128)).toBe(true);
    expect(
      Math.max(
        ...raw
          .toString()
          .split("\r\n")
          .map((line) => line.length),
      ),
    ).toBeLessThan(998);
  }
  // And as a parser of another family reads them.
  const script = `import sys, email, email.policy
m = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)
assert not m.defects, m.defects
print(m["List-Id"], m["List-Unsubscribe-Post"], m["List-Unsubscribe"].count("<"), m["Auto-Submitted"])
print([p.get_content_type() for p in m.iter_parts()], "für zwei" in m.get_body(("plain",)).get_content())`;
  const python = execFileSync("python3", ["-c", script], { input: received[0]?.raw, encoding: "utf8" });
  expect(python).toBe(
    "<edition.daily.broadsheet.example> List-Unsubscribe=One-Click 2 auto-generated\n['text/plain', 'text/html'] True\n",
  );
});

test("whoever confirms after a digest was made gets it too, and whoever paused or left does not", async () => {
  const received = await mail.start();
  await addEdition(db(), ["Tea"]);
  await subscribe(db(), "ada@example.org");
  const paused = await subscribe(db(), "bo@example.org");
  await pauseSubscription(paused, true);
  await run(db(), noonAfter);
  await subscribe(db(), "cy@example.org", { at: later(noonAfter, 5) });
  await run(db(), later(noonAfter, 6));
  expect(addresses(received)).toEqual(["ada@example.org", "cy@example.org"]);
  // Between the queue and the server.
  const left = await subscribe(db(), "di@example.org", { at: later(noonAfter, 7) });
  await pauseSubscription(left, true);
  expect((await run(db(), later(noonAfter, 8))).lines).toContain(
    "di@example.org: not sent: no longer wanted",
  );
  expect(received).toHaveLength(2);
});

test("three digests in a row that a receiver's server refuses for good disable the address", async () => {
  const received = await mail.start({
    onRcptTo({ address }, _, done) {
      const refused = Object.assign(new Error("no such mailbox"), { responseCode: 550 });
      done(address.startsWith("gone") ? refused : null);
    },
  });
  await subscribe(db(), "ada@example.org");
  const token = await subscribe(db(), "gone@example.org");
  const lines: string[] = [];
  for (const after of [0, 1, 2, 3]) {
    await addEdition(db(), [`Tea ${after}`], `2025-12-${11 + after}`, 1 + after);
    lines.push(...(await run(db(), later(noonAfter, after * 24 * 60))).lines);
  }
  expect(lines.filter((line) => line.startsWith("gone"))).toEqual([
    ...Array(3).fill("gone@example.org: not sent: the address was refused: 550 no such mailbox"),
    "gone@example.org: disabled, because it refused 3 messages in a row",
  ]);
  expect((await findSubscription(token, noonAfter))?.state).toBe("disabled");
  expect(received).toHaveLength(4);
});

test("without mail in the configuration, what is queued stays queued", async () => {
  await mail.start();
  await addEdition(db(), ["Tea"]);
  await subscribe(db(), "ada@example.org");
  delete process.env.SMTP_URL;
  await run(db(), noonAfter);
  expect(await db().delivery.findMany({ select: { state: true, attempts: true } })).toEqual([
    { state: "queued", attempts: 0 },
  ]);
});

test("what was sent is forgotten after two months, and what waits is not", async () => {
  await mail.start();
  await addEdition(db(), ["Tea"]);
  await subscribe(db(), "ada@example.org");
  await run(db(), noonAfter);
  const { content } = await db().digestIssue.findFirstOrThrow();
  expect(content.length).toBeGreaterThan(100);
  const days = async (after: number) => {
    await run(db(), later(noonAfter, after * 24 * 60));
    const old = await db().digestIssue.findFirst({ where: { day } });
    return old && old.content.length > 0;
  };
  expect([await days(7), await days(9), await days(59), await days(61)]).toEqual([true, false, false, null]);
  expect(await db().delivery.count()).toBe(0);
  await db().delivery.create({
    data: { state: "queued", nextAt: new Date("2027-01-01"), createdAt: noonAfter },
  });
  await days(70);
  expect(await db().delivery.count()).toBe(1);
});

test("a digest that cannot be made or written does not hold up the others, and is named", async () => {
  const received = await mail.start();
  await addEdition(db(), ["Tea", "Cups"]);
  await subscribe(db(), "ada@example.org", { q: "tea" });
  await subscribe(db(), "bo@example.org", { q: "cups" });
  const broken = { rhythm: "daily", slot: "", watcher: "", composedAt: noonAfter, content: new Uint8Array() };
  await db().digestIssue.create({ data: { ...broken, q: "tea", day: "2025-12-10", keys: "no JSON" } });
  const { lines } = await run(db(), noonAfter);
  expect(lines[0]).toMatch(/^tea, 2025-12-11: no digest, because of an error: Unexpected token/);
  expect(addresses(received)).toEqual(["bo@example.org"]);
  await db().digestIssue.updateMany({ data: { content: new Uint8Array([1, 2, 3]) } });
  await db().delivery.updateMany({ data: { state: "queued" } });
  expect((await run(db(), noonAfter)).lines[0]).toBe(
    "bo@example.org: not sent: it could not be written: incorrect header check",
  );
  expect((await run(db(), noonAfter)).lines).toEqual([]);
});
