import { createHash, type Hash } from "node:crypto";

type FingerprintHead = { format: string; kind: string; period: string | null };

export function fingerprintOf(head: FingerprintHead, body: string): string {
  return beginFingerprint(head).update(body).digest("hex");
}

/**
 * Starts a fingerprint, to be updated with the body. The source is left out on purpose: a copy of a file is not a new
 * listing.
 */
export function beginFingerprint({ format, kind, period }: FingerprintHead): Hash {
  return createHash("sha256").update(JSON.stringify([format, kind, period]));
}
