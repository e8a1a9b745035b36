import path from "node:path";
import { troubleOf } from "@/lib/db/troubles";
import type { Outcome } from "@/lib/ingest/ingest";
import type { Rejection } from "@/lib/ingest/listing";
import type { Source } from "@/lib/ingest/read-source";
import { systemTroubleOf } from "@/lib/system-trouble";
import type { Options } from "./scrape-options";

/** What a listing came to, in one line, or as JSON. */
export function reportOf(
  { head, counts }: Outcome,
  { name, url }: Pick<Source, "name" | "url">,
  errors: Rejection[],
  { json, dryRun }: Options,
): string {
  const { format, kind, period, listedOn, listedOnInferred } = head;
  if (json) {
    return JSON.stringify({
      listing: { source: name, format, kind, listedOn, listedOnInferred, url },
      ...counts,
      errors,
    });
  }
  const what = kind === "day" ? format : `${format} ${kind}`;
  const unplaced = kind === "day" ? `${path.basename(name)} ${format}` : `${kind} ${format}`;
  const { listed, new: born, updated, unchanged, rejected } = counts;
  return `${period === null ? unplaced : `${period} ${what}`}: ${listed} listed, ${
    dryRun
      ? `${rejected} rejected, nothing written`
      : `${born} new, ${updated} updated, ${unchanged} unchanged, ${rejected} rejected`
  }`;
}

/**
 * An error in one line: in words where the system has only a code, naming its file where that is not the source; else the
 * last line of what Prisma says in many.
 */
export function messageOf(error: unknown, source?: string): string {
  if (!(error instanceof Error)) return String(error);
  const ofSystem = systemTroubleOf(error);
  if (ofSystem) {
    const file = "path" in error ? error.path : undefined;
    return typeof file === "string" && file !== source ? `${file}: ${ofSystem}` : ofSystem;
  }
  const trouble = troubleOf(error);
  if (trouble) return `the library: ${trouble}`;
  return error.message.trim().split("\n").at(-1) ?? error.message;
}

/** How long it took, and what it needed. */
export function figuresOf(listed: number, seconds: number): string {
  const rate = Math.round(listed / seconds).toLocaleString("en");
  const peak = Math.round(process.resourceUsage().maxRSS / 1024);
  return `scrape: ${listed.toLocaleString("en")} listed in ${seconds.toFixed(1)} s, ${rate} a second, at most ${peak} MB of memory`;
}
