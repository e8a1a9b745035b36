import { expect, test } from "vitest";
import { isOurHost } from "@/lib/http/host";

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
])("the host %s is ours: %s", (host, ours) => expect(isOurHost(host, ["papers.example"])).toBe(ours));
