import { expect, test } from "vitest";
import { isSubscribable } from "@/lib/digest/subscribable";
import {
  changeSubscription,
  confirmSubscription,
  deleteAddress,
  deleteSubscription,
  findSubscription,
  maxPending,
  maxPendingPerSender,
  pauseSubscription,
  requestSubscription,
} from "@/lib/digest/subscriptions";
import { isMailAddress, mailboxOf, readSender } from "@/lib/mail-address";
import { later, noonAfter, outside, subscribe } from "@/tests/digest-library";
import { openTestLibrary } from "@/tests/library";

const { db } = openTestLibrary();
const asked = { address: "ada@example.org", q: "", rhythm: "daily" as const };
const mails = () => db().delivery.count();

test("a request waits for its confirmation, which works once and in time", async () => {
  expect(await requestSubscription(asked, outside, noonAfter)).toBeNull();
  const { token, state } = await db().subscription.findFirstOrThrow();
  expect([state, await mails()]).toEqual(["pending", 1]);
  expect(token).toMatch(/^[\w-]{32}$/);
  const tooLate = later(noonAfter, 48 * 60 + 1);
  expect(await findSubscription(token, tooLate)).toBeNull();
  await confirmSubscription(token, tooLate);
  expect((await findSubscription(token, noonAfter))?.state).toBe("pending");
  await confirmSubscription(token, later(noonAfter, 47 * 60));
  const confirmed = await findSubscription(token, tooLate);
  expect(confirmed).toMatchObject({ state: "active", askedFrom: "", readerId: null });
  await confirmSubscription(token, tooLate);
  expect((await findSubscription(token, tooLate))?.confirmedAt).toEqual(confirmed?.confirmedAt);
});

test("whoever is subscribed gets no mail when somebody asks again, and the caller cannot tell", async () => {
  await subscribe(db(), asked.address);
  expect(await requestSubscription({ ...asked, address: "ADA@Example.org" }, outside, noonAfter)).toBeNull();
  expect([await mails(), await db().subscription.count()]).toEqual([0, 1]);
});

test("a mailbox gets three requests a day at most, however its address is spelled", async () => {
  for (const [at, address] of [
    "a.da@gmail.com",
    "ada+x@gmail.com",
    "Ada@googlemail.com",
    "ada@gmail.com",
  ].entries())
    expect(await requestSubscription({ ...asked, address, q: `tea ${at}` }, outside, noonAfter)).toBeNull();
  expect(await mails()).toBe(3);
  await requestSubscription(asked, outside, later(noonAfter, 24 * 60 + 1));
  expect(await db().subscription.count({ where: { mailbox: "ada@example.org" } })).toBe(1);
});

test("a sender, and all together, can have only so many requests waiting", async () => {
  const ask = (at: number, from: string) =>
    requestSubscription({ ...asked, address: `ada${at}@example.org` }, { from, reader: null }, noonAfter);
  for (let at = 0; at < maxPendingPerSender; at++) expect(await ask(at, "203.0.113.7")).toBeNull();
  expect(await ask(maxPendingPerSender, "203.0.113.7")).toBe("sender");
  expect(await ask(0, "203.0.113.7")).toBe("sender"); // also for an address that is known
  const row = { q: "", rhythm: "daily", state: "pending", askedFrom: "198.51.100.1", createdAt: noonAfter };
  await db().subscription.createMany({
    data: Array.from({ length: maxPending - maxPendingPerSender }, (_, at) => {
      const name = `bo${at}@example.org`;
      return { ...row, address: name, mailbox: name, token: name };
    }),
  });
  expect(await ask(99, "192.0.2.1")).toBe("full");
  expect(await db().subscription.count()).toBe(maxPending);
  // Two days later, they have expired.
  expect(await requestSubscription(asked, outside, later(noonAfter, 49 * 60))).toBeNull();
  expect(await db().subscription.count()).toBe(1);
});

test("many requests for one address at once leave one row and three mails", async () => {
  await Promise.all(Array.from({ length: 20 }, () => requestSubscription(asked, outside, noonAfter)));
  expect(await db().subscription.count()).toBe(1);
  expect(await mails()).toBe(1);
});

test("a subscription is changed, paused, resumed and deleted by its token alone", async () => {
  const token = await subscribe(db(), asked.address);
  const other = await subscribe(db(), asked.address, { rhythm: "weekly", from: "b" });
  const state = async () => (await findSubscription(token, noonAfter))?.state;
  expect(
    await changeSubscription(token, { rhythm: "daily", hour: 8, zone: "Europe/Berlin" }, noonAfter),
  ).toBe(true);
  expect(await findSubscription(token, noonAfter)).toMatchObject({ hour: 8, zone: "Europe/Berlin" });
  expect(
    await changeSubscription(token, { rhythm: "daily", hour: null, zone: "Europe/Berlin" }, noonAfter),
  ).toBe(true);
  expect(await findSubscription(token, noonAfter)).toMatchObject({ hour: null, zone: "UTC" });
  expect(await changeSubscription(token, { rhythm: "weekly", hour: null, zone: "UTC" }, noonAfter)).toBe(
    false,
  );
  await pauseSubscription(token, true);
  expect(await state()).toBe("paused");
  await pauseSubscription(token, false);
  expect(await state()).toBe("active");
  expect(await deleteSubscription("guess")).toBe(false);
  expect([await deleteSubscription(token), await deleteSubscription(token)]).toEqual([true, false]);
  expect((await findSubscription(other, noonAfter))?.state).toBe("active");
  expect(await deleteAddress("Ada+news@Example.org")).toBe(1);
  expect(await db().subscription.count()).toBe(0);
});

test("addresses cannot contain headers or further receivers", () => {
  for (const text of [
    "ada@example.org\r\nBcc: bo@example.org",
    "ada@example.org\nSubject: x",
    "ada@example.org, bo@example.org",
    "ada@example.org;bo@example.org",
    "Ada <ada@example.org>",
    "<ada@example.org>",
    "ada@example.org%0abo",
    "ada@-example.org",
    "ada@example..org",
    '"ada\\r\\n"@example.org',
    "ada@[127.0.0.1]",
    "ädä@example.org",
    `${"a".repeat(65)}@example.org`,
    "@example.org",
    "ada@",
    "",
  ])
    expect(isMailAddress(text), JSON.stringify(text)).toBe(false);
  for (const text of [
    "ada@example.org",
    "a.b+c_d@xn--bcher-kva.example",
    "o'brien@example.org",
    "root@localhost",
  ])
    expect(isMailAddress(text), text).toBe(true);
  expect(readSender("Papers <papers@example.org>")).toEqual({
    name: "Papers",
    address: "papers@example.org",
  });
  expect(readSender("papers@example.org")).toEqual({ name: "", address: "papers@example.org" });
  expect(mailboxOf("Ada.B+news@GoogleMail.com")).toBe("adab@gmail.com");
});

test("a search that advertises an address, or is of the reader's own papers, cannot be subscribed to", () => {
  for (const q of [
    "buy http://evil.example",
    "see www.evil.example",
    "evil.example/win",
    "is:bookmarked",
    "list:tea",
    "x".repeat(201),
  ])
    expect(isSubscribable(q), q).toBe(false);
  for (const q of ['"', "(", "-"]) expect(isSubscribable(q), q).toBe(false);
  for (const q of ["", "diffusion models", 'tag:"world model" upvotes:>=20', "GPT-4.1", "has:code"])
    expect(isSubscribable(q), q).toBe(true);
});
