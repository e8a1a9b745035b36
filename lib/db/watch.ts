import { setTimeout as sleep } from "node:timers/promises";
import { toHubDay } from "../days";
import { readEnv } from "../env";
import { printable } from "../printable";
import { systemProblem } from "../system-problem";
import { closeDatabase, database } from "./client";
import { engineFor } from "./engine-for";
import { openReplica } from "./follow-replica";
import { databaseProblem, lineOf } from "./problem";

/** The current state of the library. `problem`: why it cannot be read, in words, or null if it can. */
export type LibraryState = {
  revision: string;
  problem: string | null;
  /** True if several checks in a row found a change, which means that an import is running. */
  importing: boolean;
  /** The order in which each reader wants an edition (lib/readers/settings.ts); those who never chose are not in it. */
  orders: Record<string, string>;
};

// An import in another process shows after half a second, and on a page that is being read after one (lib/http/front.ts).
// A busy process may be late, and no page may be more than two seconds old.
const checkEveryMs = 500;
// Less than a page waits for an answer, so that whatever comes after the first pages is told at once.
const patienceMs = 3000;
// How many checks without a change end an import.
const maxChanges = 4;

/**
 * Checks the library's revision twice a second. Also checks that it is still the same library: SQLite would continue with
 * a file that was moved or replaced, and readers would see a library that nobody writes to. `onCheck` receives the state after each check;
 * `check` checks now.
 */
export async function watchLibrary(onCheck: (state: LibraryState) => void): Promise<{
  state: LibraryState;
  check: () => Promise<LibraryState>;
  stop: () => void;
}> {
  const state: LibraryState = { revision: "", problem: null, importing: false, orders: {} };
  const { databaseUrl } = readEnv();
  const engine = engineFor(databaseUrl);
  let opened: string | null = null;
  let stopped = false;
  let lastRevision = "";
  let changes = 0; // of the last checks

  const replica = openReplica();

  // Together, because each answer of a server takes its turn among the pages that are being rendered.
  const read = async () => {
    replica.begin();
    const answers = Promise.all([
      engine.identify(databaseUrl, database()),
      database().revision.findUniqueOrThrow({ where: { id: 1 } }),
      database().reader.findMany({ select: { id: true, settings: true } }),
    ]);
    const found = await Promise.race([answers, sleep(patienceMs, null, { ref: false })]);
    if (found === null) throw new Error("it did not answer within three seconds");
    const [library, row, readers] = found;
    return { library, row, readers };
  };

  /** `watching`: this is a periodic check, and nobody is waiting for new content. */
  const update = async (watching: boolean) => {
    try {
      let now = await read();
      if (opened !== null && opened !== now.library) {
        await closeDatabase();
        now = await read();
      }
      const { library, row, readers } = now;
      opened = library;
      const chosen = readers.map(({ id, settings }) => [id, JSON.parse(settings).order] as const);
      state.orders = Object.fromEntries(chosen.filter(([, order]) => typeof order === "string"));
      const number = await replica.end(library, row.number, !watching);
      // Includes Hugging Face's current day, because pages say whether a day's list is still open.
      const revision = `${library}-${number}-${toHubDay(new Date())}`;
      if (watching)
        changes = revision === lastRevision ? Math.max(0, changes - 1) : Math.min(maxChanges, changes + 1);
      lastRevision = revision;
      state.importing = changes > 1;
      state.revision = revision;
      if (state.problem) console.log(printable(`library: ${engine.nameOf(databaseUrl)} is back`));
      state.problem = null;
    } catch (error) {
      if (!state.problem)
        console.error(printable(`library: ${engine.nameOf(databaseUrl)}: ${lineOf(error)}`));
      state.problem = problemInWords(error);
    }
  };
  // One after the other, so that none sets the state back to what it read before another.
  let last: Promise<void> = Promise.resolve();
  const inTurn = (watching: boolean) => {
    last = last.then(() => update(watching));
    return last;
  };
  const watch = async () => {
    await inTurn(true);
    onCheck(state);
    if (!stopped) timer = setTimeout(watch, checkEveryMs).unref();
  };
  await inTurn(true);
  let timer = setTimeout(watch, checkEveryMs).unref();
  return {
    state,
    check: async () => {
      await inTurn(false);
      return state;
    },
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

/** Safe to show to any reader: no path, nothing about the machine. */
export function problemInWords(error: unknown): string {
  if (error instanceof Error && "code" in error && error.code === "ENOENT")
    return "its file has been moved or deleted";
  return databaseProblem(error) ?? systemProblem(error) ?? "it does not respond";
}
