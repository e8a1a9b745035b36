import { createHash, type Hash } from "node:crypto";

type Of = { format: string; kind: string; period: string | null };

export function fingerprintOf(head: Of, body: string): string {
  return beginFingerprint(head).update(body).digest("hex");
}

/**
 * Starts a fingerprint, to be updated with the body. The source is left out on purpose: a copy of a file is not a new
 * listing.
 */
export function beginFingerprint({ format, kind, period }: Of): Hash {
  return createHash("sha256").update(JSON.stringify([format, kind, period]));
}
