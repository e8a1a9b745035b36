/** How much a server still gives, as it says itself. */
export type Allowance = {
  /** Of its counters, where it has several. */
  name: string;
  remaining: number;
  /** What it gives in a whole window; null where it does not say. */
  limit: number | null;
  /** Milliseconds until it gives all of it again. */
  resetMs: number;
};

type Header = (name: string) => string | null;

/**
 * The allowances that an answer's headers tell: `RateLimit` with `RateLimit-Policy` as the drafts of the IETF have them
 * (`"api";r=12;t=245`, before that `limit=…, remaining=…, reset=…`), else the three headers of before. What makes no sense
 * is passed over.
 */
export function readAllowances(header: Header, now: number): Allowance[] {
  const told = header("ratelimit");
  if (told !== null && /remaining\s*=/.test(told)) return readPairs(told);
  if (told !== null) return readItems(told, header("ratelimit-policy"));
  for (const prefix of ["ratelimit", "x-ratelimit", "x-rate-limit"]) {
    const remaining = toNumber(header(`${prefix}-remaining`));
    const reset = toNumber(header(`${prefix}-reset`));
    if (remaining === null || reset === null) continue;
    const limit = toNumber(header(`${prefix}-limit`));
    return [{ name: "", remaining, limit, resetMs: untilReset(reset, now) }];
  }
  return [];
}

function readItems(told: string, policy: string | null): Allowance[] {
  const policies = new Map(
    split(policy ?? "", ",").flatMap((item) => namesOf(item).map((name) => [name, parametersOf(item)])),
  );
  return split(told, ",").flatMap((item) => {
    const [name = ""] = namesOf(item);
    const { r, t } = parametersOf(item);
    const { q, w } = policies.get(name) ?? {};
    const seconds = t ?? w;
    if (r === undefined || seconds === undefined) return [];
    return [{ name, remaining: r, limit: q ?? null, resetMs: seconds * 1000 }];
  });
}

function readPairs(told: string): Allowance[] {
  const { limit, remaining, reset } = parametersOf(told.replaceAll(",", ";"));
  if (remaining === undefined || reset === undefined) return [];
  return [{ name: "", remaining, limit: limit ?? null, resetMs: reset * 1000 }];
}

/** The Hub's policies have two names, a kind and the counter's: `"fixed window";"api";q=500;w=300`. */
function namesOf(item: string): string[] {
  return split(item, ";")
    .filter((part) => !part.includes("=") || part.startsWith('"'))
    .map((part) => part.replaceAll('"', ""));
}

function parametersOf(item: string): Record<string, number> {
  const pairs = split(item, ";").flatMap((part) => {
    const [, name = "", value = ""] = /^([a-z]+)\s*=\s*"?([^"]*)"?$/i.exec(part) ?? [];
    const number = toNumber(value);
    return number === null ? [] : [[name.toLowerCase(), number] as const];
  });
  return Object.fromEntries(pairs);
}

/** Parts between separators, but for those within quotes. */
function split(text: string, separator: "," | ";"): string[] {
  const parts = text.match(separator === "," ? /(?:"[^"]*"|[^,"])+/g : /(?:"[^"]*"|[^;"])+/g) ?? [];
  return parts.map((part) => part.trim()).filter(Boolean);
}

function toNumber(value: string | null): number | null {
  return value !== null && /^\d{1,15}(\.\d+)?$/.test(value.trim()) ? Number(value) : null;
}

/** A reset is in seconds from now, or a moment in Unix time; some count that in milliseconds. */
function untilReset(reset: number, now: number): number {
  if (reset < 1e9) return reset * 1000;
  return Math.max(0, (reset < 1e12 ? reset * 1000 : reset) - now);
}

/** The seconds of a `Retry-After`, which is a number or a date; null where it is neither. */
export function readRetryAfter(value: string | null, now: number): number | null {
  if (value === null) return null;
  const seconds = toNumber(value) ?? Math.ceil((Date.parse(value) - now) / 1000);
  return Number.isNaN(seconds) ? null : Math.max(0, seconds);
}
