import { expect, test } from "vitest";
import { readAllowances, readRetryAfter } from "@/lib/net/rate-limit";

const now = Date.UTC(2025, 11, 12);
const read = (headers: Record<string, string>) => readAllowances((name) => headers[name] ?? null, now);
const one = (remaining: number, limit: number | null, seconds: number, name = "") => [
  { name, remaining, limit, resetMs: seconds * 1000 },
];

test.each([
  [
    "as Hugging Face sends them",
    { ratelimit: '"api";r=12;t=245', "ratelimit-policy": '"fixed window";"api";q=500;w=300' },
    one(12, 500, 245, "api"),
  ],
  [
    "from the headers of the draft standard",
    { ratelimit: '"default";r=50;t=30', "ratelimit-policy": '"default";q=100;w=60' },
    one(50, 100, 30, "default"),
  ],
  [
    "without a reset, but with a window",
    { ratelimit: '"default";r=0', "ratelimit-policy": '"default";q=100;w=60' },
    one(0, 100, 60, "default"),
  ],
  ["without a policy", { ratelimit: '"api";r=1;t=2' }, one(1, null, 2, "api")],
  ["without quotes", { ratelimit: "api;r=1;t=2" }, one(1, null, 2, "api")],
  ["from the header of an older draft", { ratelimit: "limit=100, remaining=50, reset=50" }, one(50, 100, 50)],
  [
    "in three headers",
    { "ratelimit-limit": "100, 100;w=60", "ratelimit-remaining": "5", "ratelimit-reset": "7" },
    one(5, null, 7),
  ],
  [
    "with a reset time",
    { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(now / 1000 + 90) },
    one(0, null, 90),
  ],
  [
    "with a reset time in milliseconds",
    { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(now + 90_000) },
    one(0, null, 90),
  ],
  [
    "with a reset time in the past",
    { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(now / 1000 - 9) },
    one(0, null, 0),
  ],
])("rate limits are read %s", (_, headers, allowances) => {
  expect(read(headers)).toEqual(allowances);
});

test("several rate limits in one header are read", () => {
  expect(read({ ratelimit: '"a,b;c";r=1;t=2, "page";r=3;t=4' })).toEqual([
    ...one(1, null, 2, "a,b;c"),
    ...one(3, null, 4, "page"),
  ]);
});

test.each([
  {},
  { ratelimit: "" },
  { ratelimit: ";;;,,," },
  { ratelimit: '"api";r=many;t=-1' },
  { ratelimit: '"api"; r=1' },
  { ratelimit: "remaining=, reset=" },
  { "x-ratelimit-remaining": "NaN", "x-ratelimit-reset": "1e9" },
  { "ratelimit-remaining": "5" },
])("%j gives no rate limit", (headers) => {
  expect(read(headers as Record<string, string>)).toEqual([]);
});

test.each([
  [null, null],
  ["0", 0],
  ["120", 120],
  [new Date(now + 61_000).toUTCString(), 61],
  [new Date(now - 61_000).toUTCString(), 0],
  ["soon", null],
])("Retry-After: %s means %s seconds", (value, seconds) => {
  expect(readRetryAfter(value, now)).toBe(seconds);
});
