import type { AddressInfo } from "node:net";
import { createServer, type Server, type Socket } from "node:net";
import { buffer } from "node:stream/consumers";
import { afterEach, expect, test, vi } from "vitest";
import { openMailer } from "@/lib/digest/mailer";
import { sendQueued } from "@/lib/digest/send-queued";
import { addEdition, later, noonAfter, run, subscribe } from "@/tests/digest-library";
import { openTestLibrary } from "@/tests/library";
import { openMailServer, refusal } from "@/tests/mail-server";

const { db } = openTestLibrary();
const mail = openMailServer();

let broken: Server | undefined;
const sockets = new Set<Socket>();
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  broken?.close();
});

/** A server of plain lines. Returns its address. */
async function listen(onConnection: (socket: Socket) => void): Promise<string> {
  broken = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    onConnection(socket);
  });
  await new Promise<void>((resolve) => broken?.listen(0, "127.0.0.1", resolve));
  return `smtp://127.0.0.1:${(broken.address() as AddressInfo).port}`; // it listens on a port
}

/** An edition, and two subscribers. */
async function prepare(): Promise<void> {
  await addEdition(db(), ["Tea"]);
  await subscribe(db(), "ada@example.org");
  await subscribe(db(), "bo@example.org");
}

const states = async () =>
  (await db().delivery.findMany({ orderBy: { id: "asc" } })).map(({ state }) => state);

test("a server that is down is tried again a minute later, and what was not tried has lost no attempt", async () => {
  const received = await mail.start();
  await prepare();
  for (let at = 0; at < 8; at++) await subscribe(db(), `cy${at}@example.org`);
  const { SMTP_URL } = process.env;
  process.env.SMTP_URL = "smtp://127.0.0.1:1";
  const { all, lines } = await run(db(), noonAfter);
  expect(all).toBe(false);
  expect(lines).toContain(
    "ada@example.org: not sent yet: could not connect to the mail server, next attempt at 2025-12-12T12:01:00.000Z",
  );
  const attempts = (await db().delivery.findMany()).map((row) => row.attempts);
  expect(attempts.filter((count) => count > 0).length).toBeLessThanOrEqual(3);
  process.env.SMTP_URL = SMTP_URL;
  await run(db(), later(noonAfter, 0.5));
  expect(received).toHaveLength(0);
  expect((await run(db(), later(noonAfter, 1))).all).toBe(true);
  expect(received).toHaveLength(10);
});

test("a mail that is never taken is given up by name, after six attempts in 15 hours", async () => {
  await mail.start({
    onData: (stream, _, done) => void stream.resume().on("end", () => done(refusal(451, "busy"))),
  });
  await addEdition(db(), ["Tea"]);
  await subscribe(db(), "ada@example.org");
  let now = noonAfter;
  const lines: string[] = [];
  for (const minutes of [0, 1, 5, 30, 120, 720]) {
    now = later(now, minutes);
    lines.push((await run(db(), now)).lines.find((line) => line.startsWith("ada")) ?? "nothing");
    expect((await run(db(), now)).lines).toEqual([]); // not before its time
  }
  expect(lines[0]).toMatch(
    /^ada@example.org: not sent yet: the mail was refused: 451 busy, next attempt at /,
  );
  expect(lines[5]).toBe(
    "ada@example.org: not sent: given up after 6 attempts: the mail was refused: 451 busy",
  );
  expect(await states()).toEqual(["failed"]);
});

test("a server that refuses one receiver takes the others", async () => {
  const received = await mail.start({
    onRcptTo: ({ address }, _, done) => done(address.startsWith("bo") ? refusal(550, "unknown") : null),
  });
  await prepare();
  expect((await run(db(), noonAfter)).lines).toEqual([
    expect.stringMatching(/^made 1 digest /),
    "bo@example.org: not sent: the address was refused: 550 unknown",
    "1 sent, 0 to be tried again, 1 failed",
  ]);
  expect(received.map(({ to }) => to)).toEqual(["ada@example.org"]);
});

test("a server that refuses the sender, the login or everything is the operator's problem, not the receivers'", async () => {
  await mail.start({ onMailFrom: (_, __, done) => done(refusal(550, "who are you")) });
  await prepare();
  expect((await run(db(), noonAfter)).lines.join("\n")).toContain(
    "not sent yet: the mail server refuses this sender (MAIL_FROM): 550 who are you",
  );
  await mail.start({
    authOptional: false,
    onAuth: (_, __, done) => done(refusal(535, "wrong password")),
    allowInsecureAuth: true,
  });
  process.env.SMTP_URL = process.env.SMTP_URL?.replace("//", "//ada:secret@");
  const { lines } = await run(db(), later(noonAfter, 10));
  expect(lines.join("\n")).toContain(
    "not sent yet: the mail server refuses the login in SMTP_URL: 535 wrong password",
  );
  expect(lines.join("\n")).not.toContain("secret");
  await mail.start({ onConnect: (_, done) => done(refusal(554, "go away")) });
  expect((await run(db(), later(noonAfter, 60))).lines.join("\n")).toMatch(
    /not sent yet: the mail server refused: 554/,
  );
  const failures = (await db().subscription.findMany()).map((row) => row.failures);
  expect(failures).toEqual([0, 0]);
  expect(new Set(await states())).toEqual(new Set(["queued"]));
});

test("a certificate that is not trusted ends in a line, and nothing is sent in the clear", async () => {
  vi.spyOn(console, "error").mockImplementation(() => {}); // the server warns of its certificate, which everybody knows
  const received = await mail.start({ disabledCommands: [] });
  await prepare();
  const { lines } = await run(db(), noonAfter);
  expect(lines.join("\n")).toMatch(
    /not sent yet: the mail server's certificate is not trusted: .*certificate/,
  );
  expect(received).toHaveLength(0);
  await mail.start({ secure: true });
  process.env.SMTP_URL = process.env.SMTP_URL?.replace("smtp:", "smtps:");
  expect((await run(db(), later(noonAfter, 60))).lines.join("\n")).toContain("certificate is not trusted");
  process.env.SMTP_URL += "?tls.rejectUnauthorized=false";
  expect((await run(db(), later(noonAfter, 120))).all).toBe(true);
});

test("a mail that a server refuses for now is tried again with the same Message-ID", async () => {
  const ids: string[] = [];
  let drops = 1;
  await mail.start({
    onData(stream, _, done) {
      buffer(stream).then((raw) => {
        ids.push(/^Message-ID: (.+)$/m.exec(raw.toString())?.[1] ?? "");
        done(drops-- > 0 ? refusal(421, "going away") : null);
      }, done);
    },
  });
  await addEdition(db(), ["Tea"]);
  await subscribe(db(), "ada@example.org");
  expect((await run(db(), noonAfter)).all).toBe(false);
  expect((await run(db(), later(noonAfter, 1))).all).toBe(true);
  expect(ids).toHaveLength(2);
  expect(new Set(ids).size).toBe(1);
});

test("a connection that breaks after DATA is not repeated at once", async () => {
  let bodies = 0;
  const url = await listen((socket) => {
    socket.write("220 hi\r\n");
    let inData = false;
    socket.on("data", (bytes) => {
      const text = bytes.toString();
      if (inData) {
        if (!text.includes("\r\n.\r\n")) return;
        bodies++;
        socket.destroy();
      } else if (/^DATA/m.test(text)) {
        inData = true;
        socket.write("354 go\r\n");
      } else socket.write("250 ok\r\n");
    });
  });
  await mail.start();
  await addEdition(db(), ["Tea"]);
  await subscribe(db(), "ada@example.org");
  process.env.SMTP_URL = url;
  const { lines } = await run(db(), noonAfter);
  expect(lines.join("\n")).toMatch(/not sent yet: lost the connection to the mail server/);
  expect(bodies).toBe(1);
});

test("a server that does not answer is left after a while", async () => {
  const url = await listen(() => {});
  await mail.start();
  await addEdition(db(), ["Tea"]);
  await subscribe(db(), "ada@example.org");
  process.env.SMTP_URL = "smtp://127.0.0.1:1";
  await run(db(), noonAfter);
  const from = "papers@broadsheet.example";
  const mailer = openMailer(url, from, { greetingTimeout: 200, connectionTimeout: 200, socketTimeout: 200 });
  const lines: string[] = [];
  await sendQueued(db(), {
    mail: { mailer, from },
    site: "https://broadsheet.example",
    webhooksPrivate: false,
    clock: () => later(noonAfter, 2),
    say: (line) => lines.push(line),
  });
  mailer.close();
  expect(lines.join("\n")).toMatch(/not sent yet: the mail server did not answer in time/);
});

test("a server without 8BITMIME and SMTPUTF8 gets any title in ASCII", async () => {
  const received = await mail.start({ hide8BITMIME: true, hideSMTPUTF8: true, hidePIPELINING: true });
  await addEdition(db(), ["Grüße aus 東京 😀\r\nBcc: eve@example.org"]);
  await subscribe(db(), "ada@example.org");
  expect((await run(db(), noonAfter)).all).toBe(true);
  const raw = received[0]?.raw ?? Buffer.alloc(0);
  expect(raw.every((byte) => byte < 128)).toBe(true);
  expect(raw.toString()).not.toMatch(/^Bcc:/m);
});
