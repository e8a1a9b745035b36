import { expect, test } from "vitest";
import { isAllowedHost, isLoopback } from "@/lib/http/host";

test.each([
  ["localhost:3000", true],
  ["LOCALHOST.", true],
  ["127.0.0.1", true],
  ["192.168.1.7:8080", true],
  ["[::1]:3000", true],
  ["papers.example", true],
  ["papers.example:8443", true],
  ["evil.example", false],
  ["papers.example.evil.example", false],
  ["127.0.0.1.evil.example", false],
  ["user@papers.example", false],
  ["", false],
  [undefined, false],
])("the host %s is allowed: %s", (host, allowed) =>
  expect(isAllowedHost(host, ["papers.example"])).toBe(allowed),
);

test.each([
  ["127.0.0.1", true],
  ["127.8.8.8", true],
  ["::1", true],
  ["::ffff:127.0.0.1", true],
  ["0.0.0.0", false],
  ["::", false],
  ["192.168.1.7", false],
  ["::1234", false],
])("%s is a loopback address: %s", (address, expected) => expect(isLoopback(address)).toBe(expected));
