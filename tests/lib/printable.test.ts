import { expect, test } from "vitest";
import { hideSecrets, printable } from "@/lib/printable";

test.each([
  ["\u001b]0;gone\u0007", "\\u001b]0;gone\\u0007"],
  ["a\u009b31mb\u007f\u0000", "a\\u009b31mb\\u007f\\u0000"],
  ["a\rb", "a\\u000db"],
  ["\u202egnp.exe", "\\u202egnp.exe"],
  ["two\nlines\tand 神 é 🚀", "two\nlines\tand 神 é 🚀"],
])("%j is printed as %j", (text, shown) => {
  expect(printable(text)).toBe(shown);
});

test.each([
  ["https://ada:s3cret@example.org/list", "https://…@example.org/list"],
  ["https://token@example.org", "https://…@example.org"],
  ["read HTTP://a:b@x.org and http://c:d@y.org", "read HTTP://…@x.org and http://…@y.org"],
  ["https://x.org/?token=abc&day=2025-12-11", "https://x.org/?token=…&day=2025-12-11"],
  ["https://x.org/?day=1&hf_token=abc", "https://x.org/?day=1&hf_token=…"],
  ["https://x.org/?api_key=abc#top", "https://x.org/?api_key=…#top"],
  ["https://x.org/?X-Amz-Signature=abc", "https://x.org/?X-Amz-Signature=…"],
  ["https://x.org/@ada?monkey=1&tokens=2", "https://x.org/@ada?monkey=1&tokens=2"],
  ["https://x.org/?jwt=abc&sid=1#access_token=x", "https://x.org/?jwt=…&sid=…#access_token=…"],
  ["https://x.org/papers?token=abc: not read: 404", "https://x.org/papers?token=…: not read: 404"],
  ["/data/hf_AbCdEfGh12345", "/data/hf_…"],
  ["POST /unsubscribe/abcdefghijklmnopqrstuvwxyz_-0123: 503", "POST /unsubscribe/…: 503"],
  ["/subscribe/abcdefghijklmnopqrstuvwxyz_-0123/save", "/subscribe/…/save"],
  ["/subscribe/send", "/subscribe/send"],
  ["mail ada@example.org", "mail ada@example.org"],
])("%j is shown as %j", (text, shown) => {
  expect(hideSecrets(text)).toBe(shown);
});
