import type { Day } from "@/lib/days";
import { openBodies, readBodies } from "@/lib/imports/bodies";
import { forgetListing } from "@/lib/imports/forget-listing";
import type { ImportOptions } from "@/lib/imports/import-options";
import type { ImportResult } from "@/lib/imports/import-result";
import { refresh } from "@/lib/imports/refresh";
import { openBody } from "@/lib/listings/open-source";
import type { Source } from "@/lib/listings/source";
import type { Run } from "./run";

/** Removes a listing. If there is none with this number, says so and returns false. */
export async function forget(listing: number, { db }: Run): Promise<boolean> {
  const forgotten = db && (await forgetListing(db, listing));
  if (!forgotten) {
    console.error(`scrape: --forget ${listing}: no listing has this number`);
    return false;
  }
  const { papers, removed, bookmarked } = forgotten;
  console.log(
    `listing ${listing} removed (entries: ${papers}, papers deleted: ${removed}, bookmarked papers kept without a listing: ${bookmarked})`,
  );
  return true;
}

/**
 * Refreshes the library, as the server does on its schedule, or one day of it. Also returns true if another process is already doing so.
 */
export async function refreshDays(
  { db, network, hub, progress }: Run,
  day: Day | null,
  report: (outcome: ImportResult) => void,
): Promise<boolean> {
  if (!db) return false;
  const state = await refresh(
    db,
    { network, hub },
    { imported: report, failed: (day, why) => progress.print(`${day}: not read: ${why}`) },
    day,
  );
  progress.print(`refresh: ${state === null ? "another refresh is already running" : state.message}`);
  return state === null || !state.failed;
}

type ImportAgain = (source: Source, options: ImportOptions) => Promise<boolean>;

/** Imports every stored body again, in the original order. Each replaces what it had imported before. */
export async function replay(run: Run, importAgain: ImportAgain): Promise<boolean> {
  let allImported = true;
  let bodies = 0;
  for await (const stored of run.db ? readBodies(openBodies(run.db)) : []) {
    bodies++;
    if (stored instanceof Error) {
      run.progress.print(stored.message);
      allImported = false;
      continue;
    }
    const { info, body } = stored;
    const { source, url, at, fingerprint, ...context } = info;
    const opened = openBody(source, url, Buffer.from(body));
    allImported = (await importAgain(opened, { ...context, replayOf: { at, fingerprint } })) && allImported;
    run.progress.show(bodies, null, `${bodies} listing files`);
  }
  if (bodies === 0)
    run.progress.print("scrape: no listing files are stored yet; imports store them, see KEEP_LISTINGS");
  return allImported;
}
