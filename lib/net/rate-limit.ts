/** What a server still allows, as it reports itself. */
export type Allowance = {
  /** The counter's name, if the server has several. */
  name: string;
  remaining: number;
  /** The allowance of a whole window, or null if unknown. */
  limit: number | null;
  /** Milliseconds until the window resets. */
  resetMs: number;
};

type Header = (name: string) => string | null;

/**
 * The rate limits in an answer's headers: `RateLimit` with `RateLimit-Policy` in the forms of the IETF drafts
 * (`"api";r=12;t=245`, before that `limit=…, remaining=…, reset=…`), or else the three older headers. Invalid ones are
 * ignored.
 */
export function readAllowances(header: Header, now: number): Allowance[] {
  const field = header("ratelimit");
  if (field !== null && /remaining\s*=/.test(field)) return readPairs(field);
  if (field !== null) return readItems(field, header("ratelimit-policy"));
  for (const prefix of ["ratelimit", "x-ratelimit", "x-rate-limit"]) {
    const remaining = toNumber(header(`${prefix}-remaining`));
    const reset = toNumber(header(`${prefix}-reset`));
    if (remaining === null || reset === null) continue;
    const limit = toNumber(header(`${prefix}-limit`));
    return [{ name: "", remaining, limit, resetMs: untilReset(reset, now) }];
  }
  return [];
}

function readItems(field: string, policy: string | null): Allowance[] {
  const policies = new Map(
    split(policy ?? "", ",").flatMap((item) => namesOf(item).map((name) => [name, parametersOf(item)])),
  );
  return split(field, ",").flatMap((item) => {
    const [name = ""] = namesOf(item);
    const { r, t } = parametersOf(item);
    const { q, w } = policies.get(name) ?? {};
    const seconds = t ?? w;
    if (r === undefined || seconds === undefined) return [];
    return [{ name, remaining: r, limit: q ?? null, resetMs: seconds * 1000 }];
  });
}

function readPairs(field: string): Allowance[] {
  const { limit, remaining, reset } = parametersOf(field.replaceAll(",", ";"));
  if (remaining === undefined || reset === undefined) return [];
  return [{ name: "", remaining, limit: limit ?? null, resetMs: reset * 1000 }];
}

/** The policies of Hugging Face have two names, a kind and the counter's: `"fixed window";"api";q=500;w=300`. */
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

/** Splits at separators, except inside quotes. */
function split(text: string, separator: "," | ";"): string[] {
  const parts = text.match(separator === "," ? /(?:"[^"]*"|[^,"])+/g : /(?:"[^"]*"|[^;"])+/g) ?? [];
  return parts.map((part) => part.trim()).filter(Boolean);
}

function toNumber(value: string | null): number | null {
  return value !== null && /^\d{1,15}(\.\d+)?$/.test(value.trim()) ? Number(value) : null;
}

/** A reset is in seconds from now, or a Unix time in seconds or milliseconds. */
function untilReset(reset: number, now: number): number {
  if (reset < 1e9) return reset * 1000;
  return Math.max(0, (reset < 1e12 ? reset * 1000 : reset) - now);
}

/** The seconds in a `Retry-After` header, which is a number or a date. Null if it is neither. */
export function readRetryAfter(value: string | null, now: number): number | null {
  if (value === null) return null;
  const seconds = toNumber(value) ?? Math.ceil((Date.parse(value) - now) / 1000);
  return Number.isNaN(seconds) ? null : Math.max(0, seconds);
}
