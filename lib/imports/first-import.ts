import { learnPriors } from "../catalog/learn-priors";
import { moveDay, toDay } from "../days";
import type { Database } from "../db/client";
import { openNetwork } from "../net/fetch";
import { openHostTurns } from "../net/host-turns";
import { type Clock, realClock } from "../net/pace";
import { openBodies } from "./bodies";
import { askHub, findLatestDay } from "./hub";
import { importSource } from "./import";

/** The result of the first import. `why` explains, in one line, why it found less than wanted. */
export type FirstImport = { days: number; papers: number; why: string | null };

const wantedDays = 7;
// Lists appear mostly on weekdays. Three and a half weeks include seven of them even around the holidays.
const maxDays = 18;

/**
 * Imports the seven latest days on Hugging Face, newest first, within this many milliseconds. Whatever arrives by then
 * is saved. Network errors are not thrown but returned in `why`.
 */
export async function importLatestDays(
  db: Database,
  hub: string,
  withinMs: number,
  onProgress: (days: number, total: number, what: string) => void,
  clock: Clock = realClock,
): Promise<FirstImport> {
  const signal = AbortSignal.timeout(withinMs);
  const network = openNetwork({ spacingMs: 200, signal, clock, trusted: [hub], turns: openHostTurns(db) });
  const options = {
    pageDate: null,
    kind: null,
    today: toDay(new Date()),
    bodies: openBodies(db),
    priors: await learnPriors(db),
  };
  const result: FirstImport = { days: 0, papers: 0, why: null };
  try {
    let day = await findLatestDay(network, hub);
    for (let tried = 0; tried < maxDays && result.days < wantedDays; tried++, day = moveDay(day, -1)) {
      onProgress(result.days, wantedDays, day);
      const requested = { kind: "day", period: day } as const;
      const { source } = await askHub(network, hub, requested);
      const { counts } = await importSource(source, { ...options, requested }, db, () => {});
      if (counts.listed > counts.rejected) result.days++;
      result.papers += counts.new;
    }
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    result.why = signal.aborted ? `nothing more arrived within ${withinMs / 1000} s` : error.message;
  } finally {
    await network.close();
  }
  return result;
}
