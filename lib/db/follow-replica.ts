import { setTimeout as sleep } from "node:timers/promises";
import { readEnv } from "../env";
import { printable } from "../printable";
import { database, noteReplicaFollows, replica } from "./client";
import { engineFor } from "./engine-for";
import type { Database } from "./prisma";
import { lineOf } from "./problem";

// How long a check of the library waits until the replica has what is needed; longer if a reader changed something.
const catchUpMs = { watching: 300, changed: 1000 };
// How long it waits for an answer at all. A replica that gave none is asked beside the checks, until it answers.
const patienceMs = 500;
const askEveryMs = 20;

export type FollowReplica = {
  /** Asks the replica already while the library is asked. */
  begin(): void;
  /**
   * Is told the library's revision, and returns that of the pages to come: the replica's, which is used as long as it has
   * what the library had at the check before. `changed`: a reader changed something, so the replica needs to have that
   * too.
   */
  end(library: string, revision: number, changed: boolean): Promise<number>;
};

/** What a check of the library (watch.ts) does with the replica in DATABASE_REPLICA_URL, if there is one. */
export function openReplica(): FollowReplica {
  const { replicaUrl } = readEnv();
  if (replicaUrl === null) return { begin: () => {}, end: async (_, revision) => revision };
  const engine = engineFor(replicaUrl);
  let before = 0;
  let isCopyOf: string | null = null;
  let isUsed: boolean | null = null; // null before the first check
  let isAnswering = true;
  let asking: Promise<number | string> | null = null;
  let first: Promise<number> | null = null;

  /** The replica's revision, once that is at least the one needed; or why it cannot be used. */
  const find = async (
    library: string,
    revision: number,
    needed: number,
    waitMs: number,
  ): Promise<number | string> => {
    try {
      const db = replica();
      if (!db) return "there is none";
      if (isCopyOf !== library && (await engine.identify(replicaUrl, db)) !== library)
        return "it is a copy of another library";
      isCopyOf = library;
      for (const startedAt = Date.now(); ; await sleep(askEveryMs)) {
        const number = await (first ?? revisionOf(db));
        first = null;
        // It may have got ahead of what the library had a moment ago, but not of the library.
        if (number > revision && number > (await revisionOf(database())))
          return "it is ahead of the library, as no replica is";
        if (number >= needed) return number;
        if (Date.now() - startedAt > waitMs) return "it is behind";
      }
    } catch (error) {
      first = null;
      return lineOf(error).replaceAll("DATABASE_URL", "DATABASE_REPLICA_URL");
    }
  };

  /** Uses the replica from now on, or no longer. Null for the latter. */
  const note = (found: number | string): number | null => {
    const problem = typeof found === "string" ? found : null;
    if (problem !== null) isCopyOf = null; // it may be another one when it is back
    if (problem !== null && isUsed !== false)
      console.error(
        printable(
          `replica: ${engine.nameOf(replicaUrl)}: ${problem}; everything is read from the library instead`,
        ),
      );
    if (problem === null && isUsed === false) console.log("replica: it follows the library again");
    isAnswering = isUsed = problem === null;
    noteReplicaFollows(problem === null);
    return typeof found === "number" ? found : null;
  };

  const begin = () => {
    const db = replica();
    if (!db || asking !== null || isCopyOf === null) return;
    first = revisionOf(db);
    first.catch(() => {}); // reported by `find`
  };

  const end: FollowReplica["end"] = async (library, revision, changed) => {
    const needed = changed ? revision : before || revision;
    before = revision;
    const waitMs = changed ? catchUpMs.changed : catchUpMs.watching;
    asking ??= find(library, revision, needed, waitMs).finally(() => {
      asking = null;
    });
    if (!isAnswering) {
      // What it has now is not what pages are named after, so it is used from the next check on.
      void asking.then((found) => {
        isAnswering = typeof found === "number";
      });
      return revision;
    }
    const late = sleep(waitMs + patienceMs, "it does not answer", { ref: false });
    return note(await Promise.race([asking, late])) ?? revision;
  };
  return { begin, end };
}

async function revisionOf(db: Database): Promise<number> {
  const { number } = await db.revision.findUniqueOrThrow({ where: { id: 1 } });
  return number;
}
