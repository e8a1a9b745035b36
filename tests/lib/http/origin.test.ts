import { expect, test } from "vitest";
import { isCrossSite } from "@/lib/http/origin";

test.each([
  [{ host: "127.0.0.1:3000" }, false],
  [{ host: "127.0.0.1:3000", origin: "http://127.0.0.1:3000", "sec-fetch-site": "same-origin" }, false],
  [{ host: "127.0.0.1:3000", "sec-fetch-site": "none" }, false],
  [{ host: "127.0.0.1:3000", "sec-fetch-site": "cross-site" }, true],
  [{ host: "127.0.0.1:3000", "sec-fetch-site": "same-site" }, true],
  [{ host: "127.0.0.1:3000", origin: "http://127.0.0.1:4000" }, true],
  [{ host: "127.0.0.1:3000", origin: "https://evil.example" }, true],
  [{ host: "127.0.0.1:3000", origin: "null" }, true],
])("%j is cross-site: %s", (headers, expected) => expect(isCrossSite(headers)).toBe(expected));
