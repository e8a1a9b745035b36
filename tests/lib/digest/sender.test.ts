import { afterEach, expect, test } from "vitest";
import { maySubscribe, readRequestSender, showsSubscribing } from "@/lib/digest/sender";

const from = (address: string, forwarded?: string) =>
  readRequestSender(
    new Headers({ "x-sender-address": address, ...(forwarded ? { "x-forwarded-for": forwarded } : {}) }),
  );

test.each([
  ["127.0.0.1", undefined, "127.0.0.1", true],
  ["::1", undefined, "::", true],
  ["::ffff:192.168.1.5", undefined, "192.168.1.5", true],
  ["203.0.113.7", undefined, "203.0.113.7", false],
  ["100.64.0.7", undefined, "100.64.0.7", false], // shared by the customers of a provider
  ["203.0.113.7", "127.0.0.1", "203.0.113.7", false], // a stranger's header gives no trust
  ["127.0.0.1", "203.0.113.7", "203.0.113.7", false], // a proxy on this machine
  ["10.0.0.2", "127.0.0.1, 203.0.113.7", "203.0.113.7", false],
  ["127.0.0.1", "203.0.113.7, 192.168.1.5", "192.168.1.5", true],
  ["127.0.0.1", "nonsense", "unknown", false],
  ["2001:4860:1:2:3:4:5:6", undefined, "2001:4860:1:2::", false],
  ["", undefined, "unknown", false],
])("a request from %s for %s is from %s, local: %s", (address, forwarded, network, isLocal) => {
  expect(from(address, forwarded)).toEqual({ network, isLocal });
});

const names = ["SMTP_URL", "MAIL_FROM", "PUBLIC_URL", "SUBSCRIBE"];
afterEach(() => {
  for (const name of names) delete process.env[name];
});

test("SUBSCRIBE says who may, and without mail nobody may", () => {
  const [local, outside] = [from("127.0.0.1"), from("203.0.113.7")];
  const allowed = () => [maySubscribe(local), maySubscribe(outside), showsSubscribing()];
  expect(allowed()).toEqual([false, false, false]);
  Object.assign(process.env, {
    SMTP_URL: "smtp://x",
    MAIL_FROM: "a@example.org",
    PUBLIC_URL: "https://x.example",
  });
  expect(allowed()).toEqual([true, false, true]);
  process.env.SUBSCRIBE = "open";
  expect(allowed()).toEqual([true, true, true]);
  process.env.SUBSCRIBE = "off";
  expect(allowed()).toEqual([false, false, false]);
});
