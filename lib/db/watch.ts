import { stat } from "node:fs/promises";
import { toHubDay } from "../days";
import { readEnv } from "../env";
import { printable } from "../printable";
import { systemTroubleOf } from "../system-trouble";
import { closeDatabase, database } from "./open-database";
import { troubleOf } from "./troubles";

/** What is known of the library right now. `away`: why it cannot be read, in words; null where it can. */
export type LibraryState = {
  revision: string;
  away: string | null;
  /** True where look after look has found a change: an import goes on. */
  importing: boolean;
  /** The order in which each reader wants an edition (lib/readers/settings.ts); those who never chose are not in it. */
  orders: Record<string, string>;
};

// A scrape in another process shows within two of these.
const everyMs = 1000;
// But a long import saves all the time, and each time all pages would be made anew: where each of so many looks found a
// change, only every fourth shows, and the last.
const showEach = 3;
const thenEvery = 4;

/**
 * Looks at the library's revision once a second. Its file is looked at too: SQLite would go on with a file that was moved
 * away or replaced, and readers would see a library that nobody writes to any more. `hear` is told after each look; `look`
 * looks now.
 */
export async function watchLibrary(hear: (state: LibraryState) => void): Promise<{
  state: LibraryState;
  look: () => Promise<LibraryState>;
  stop: () => void;
}> {
  const state: LibraryState = { revision: "", away: null, importing: false, orders: {} };
  const { databaseFile } = readEnv();
  let opened: string | null = null;
  let stopped = false;
  let seen = "";
  let inARow = 0;

  /** `watching`: nobody waits for what is new. */
  const update = async (watching: boolean) => {
    try {
      const { dev, ino } = await stat(databaseFile);
      const file = `${dev}-${ino}`;
      if (opened !== null && opened !== file) await closeDatabase();
      opened = file;
      const row = await database().revision.findUniqueOrThrow({ where: { id: 1 } });
      const readers = await database().reader.findMany({ select: { id: true, settings: true } });
      const chosen = readers.map(({ id, settings }) => [id, JSON.parse(settings).order] as const);
      state.orders = Object.fromEntries(chosen.filter(([, order]) => typeof order === "string"));
      // The Hub's day too, since pages say whether a day's list is still open.
      const revision = `${file}-${row.number}-${toHubDay(new Date())}`;
      if (watching) inARow = revision === seen ? 0 : inARow + 1;
      seen = revision;
      state.importing = inARow > 1;
      if (!watching || inARow <= showEach || inARow % thenEvery === 0) state.revision = revision;
      if (state.away) console.log(printable(`library: ${databaseFile} is back`));
      state.away = null;
    } catch (error) {
      const said = error instanceof Error ? (error.message.trim().split("\n").at(-1) ?? "") : String(error);
      if (!state.away) console.error(printable(`library: ${said}`));
      state.away = whyAway(error);
    }
  };
  const watch = async () => {
    await update(true);
    hear(state);
    if (!stopped) timer = setTimeout(watch, everyMs).unref();
  };
  await update(true);
  let timer = setTimeout(watch, everyMs).unref();
  return {
    state,
    look: async () => {
      await update(false);
      return state;
    },
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

/** In words that any reader may see: no path, nothing of the machine. */
function whyAway(error: unknown): string {
  if (error instanceof Error && "code" in error && error.code === "ENOENT")
    return "its file has been moved or deleted";
  return troubleOf(error) ?? systemTroubleOf(error) ?? "it does not respond";
}
