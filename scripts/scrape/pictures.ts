import { fetchFigures } from "@/lib/imports/fetch-figures";
import { openMedia } from "@/lib/media/store";
import { errorMessage } from "./report";
import type { Run } from "./run";

/** Fetches the pictures that papers lack. Says what it skips, but never fails: the papers matter more. */
export async function scrapePictures({ db, pictures, progress, options }: Run): Promise<void> {
  if (!db) return;
  try {
    const { fetched, left } = await fetchFigures(
      db,
      { network: pictures, store: openMedia(db) },
      {
        progress: (done, total) => progress.show(done, total, `${done} of ${total} pictures`),
        skipped: (paper, why) => progress.print(`${paper}: picture skipped: ${why}`),
        postponed: (name, why) => progress.print(`${name}: pictures postponed to the next import: ${why}`),
      },
    );
    const more = left > 0 ? `, ${left.toLocaleString("en")} left for later imports` : "";
    const count = fetched === 1 ? "1 picture" : `${fetched} pictures`;
    if (options.verbose || (fetched > 0 && left > 0)) progress.print(`scrape: ${count} fetched${more}`);
  } catch (error) {
    progress.print(`pictures: not fetched: ${errorMessage(error)}`);
  }
}
