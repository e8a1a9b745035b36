import { learnPriors } from "../catalog/learn-priors";
import { toDay } from "../days";
import type { Database } from "../db/client";
import { databaseProblem } from "../db/problem";
import { retryWhileLocked } from "../db/retry-while-locked";
import { openBody } from "../listings/open-source";
import { FetchError, type Network } from "../net/fetch";
import { openBodies } from "./bodies";
import { recordFailure } from "./history";
import { importSource } from "./import";

type Access = { network: Network; hub: string; arxivApi: string };

const sourceOf = (arxivId: string) => `paper ${arxivId}`;

/**
 * Fetches one paper by its arXiv id, from its Hugging Face page or else from arXiv. If neither has it, the import log
 * says why. Waits while another process writes. Throws if the library cannot be written.
 */
export async function fetchPaper(db: Database, access: Access, arxivId: string): Promise<void> {
  const error = await tryToFetch(db, access, arxivId);
  if (error !== null)
    await retryWhileLocked(() =>
      recordFailure(db, sourceOf(arxivId), { kind: "search", period: null }, error),
    );
}

/** The last attempt to fetch a paper, if it failed. */
export async function findLastFailure(
  db: Database,
  arxivId: string,
): Promise<{ at: Date; error: string } | null> {
  const failure = await db.import.findFirst({
    where: { source: sourceOf(arxivId), error: { not: null } },
    orderBy: { id: "desc" },
    select: { at: true, error: true },
  });
  return failure && { at: failure.at, error: failure.error ?? "" };
}

/** Why nothing was found, in one line. Null if the paper is now in the library. */
async function tryToFetch(
  db: Database,
  { network, hub, arxivApi }: Access,
  arxivId: string,
): Promise<string | null> {
  const addresses = [
    ["Hugging Face", new URL(`/papers/${arxivId}`, hub).href],
    ["arXiv", new URL(`/api/query?id_list=${encodeURIComponent(arxivId)}`, arxivApi).href],
  ] as const;
  const why: string[] = [];
  for (const [name, address] of addresses) {
    try {
      const { url, body } = await network.get(address);
      const bodies = openBodies(db);
      const priors = await learnPriors(db); // here, so that it is not repeated while the library is locked
      const options = { pageDate: null, kind: "search" as const, today: toDay(new Date()), bodies, priors };
      await retryWhileLocked(() => importSource(openBody(address, url, body), options, db, () => {}));
      if ((await db.paper.count({ where: { arxivId } })) > 0) return null;
      why.push(`${name} does not have this paper`);
    } catch (error) {
      if (!(error instanceof Error) || databaseProblem(error) !== null) throw error; // an error of the library, not of the source
      const missing = error instanceof FetchError && error.status === 404;
      const late = error.name === "TimeoutError" || error.name === "AbortError"; // it timed out
      why.push(
        missing ? `${name} does not have this paper` : `${name}: ${late ? "timed out" : error.message}`,
      );
    }
  }
  return why.join("; ");
}
