import { setTimeout as sleep } from "node:timers/promises";
import { readEnv } from "../env";
import { printable } from "../printable";
import { noteReplicaFollows, replica } from "./client";
import { engineFor } from "./engine-for";
import type { Database } from "./prisma";
import { lineOf } from "./problem";

// A replica that says nothing must not delay the check of the library.
const patienceMs = 1000;
// How long a reader who changed something waits until the replica has it.
const catchUpMs = 1000;
const askEveryMs = 20;

/**
 * Returns a function that is told the library's revision after each check, and returns that of the pages to come: the
 * replica's, which is used as long as it has what the library had at the check before. `changed`: a reader changed
 * something, so the replica needs to have that too.
 */
export function openReplica(): (library: string, revision: number, changed: boolean) => Promise<number> {
  const { replicaUrl } = readEnv();
  let before = 0;
  let isCopyOf: string | null = null;
  let lastProblem: string | null = null;

  /** The replica's revision, once that is at least the one needed; or why it cannot be used. */
  const find = async (db: Database, url: string, library: string, needed: number) => {
    try {
      if (isCopyOf !== library && (await engineFor(url).identify(url, db)) !== library)
        return "it is a copy of another library";
      isCopyOf = library;
      for (const startedAt = Date.now(); ; await sleep(askEveryMs)) {
        const { number } = await db.revision.findUniqueOrThrow({ where: { id: 1 } });
        if (number >= needed) return number;
        if (Date.now() - startedAt > catchUpMs) return "it is more than a second behind";
      }
    } catch (error) {
      return lineOf(error);
    }
  };

  return async (library, revision, changed) => {
    const db = replica();
    if (!db || replicaUrl === null) return revision;
    const needed = changed ? revision : before || revision;
    before = revision;
    const found = await Promise.race([
      find(db, replicaUrl, library, needed),
      sleep(patienceMs + catchUpMs, "it does not answer", { ref: false }),
    ]);
    const problem = typeof found === "string" ? found : null;
    if (problem !== null) isCopyOf = null; // it may be another one when it is back
    if (problem !== null && lastProblem === null)
      console.error(printable(`replica: ${problem}; everything is read from the library instead`));
    if (problem === null && lastProblem !== null) console.log("replica: it follows the library again");
    lastProblem = problem;
    noteReplicaFollows(problem === null);
    return typeof found === "number" ? found : revision;
  };
}
