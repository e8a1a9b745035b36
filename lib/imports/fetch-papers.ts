import { learnPriors } from "../catalog/learn-priors";
import { toDay } from "../days";
import type { Database } from "../db/client";
import { databaseProblem } from "../db/problem";
import { retryWhileLocked } from "../db/retry-while-locked";
import { openBody } from "../listings/open-source";
import type { Network } from "../net/fetch";
import { importSource } from "./import";

// As many as arXiv answers in one request without trouble, and as an address has room for.
const perRequest = 100;

/**
 * Fetches papers by their arXiv ids from arXiv, 100 at a time, until it is through or `network` refuses to go on: within
 * its time limit, arXiv allows a request every three seconds. Throws only if the library cannot be written.
 */
export async function fetchPapers(
  db: Database,
  { network, arxivApi }: { network: Network; arxivApi: string },
  arxivIds: string[],
): Promise<void> {
  const priors = await learnPriors(db);
  for (let at = 0; at < arxivIds.length; at += perRequest) {
    const some = arxivIds.slice(at, at + perRequest);
    const query = new URLSearchParams({ id_list: some.join(","), max_results: String(perRequest) });
    const address = new URL(`/api/query?${query}`, arxivApi).href;
    try {
      const { url, body } = await network.get(address);
      const options = { pageDate: null, kind: "search" as const, today: toDay(new Date()), priors };
      await retryWhileLocked(() => importSource(openBody(address, url, body), options, db, () => {}));
    } catch (error) {
      if (!(error instanceof Error) || databaseProblem(error) !== null) throw error; // an error of the library
      return; // without these papers; the caller sees which are missing
    }
  }
}
