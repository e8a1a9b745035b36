import { setTimeout as sleep } from "node:timers/promises";
import { database } from "@/lib/db/client";
import { retryWhileLocked } from "@/lib/db/sqlite/retry-while-locked";
import { redirectTo } from "@/lib/http/form";
import { writeRoute } from "@/lib/http/unavailable";
import { findRefresh } from "@/lib/imports/refresh-state";
import { spawnRefresh } from "@/lib/imports/spawn-refresh";

// On a busy machine, a program may take a while to start.
const patienceMs = 30_000;
const everyMs = 100;

/** The button "Refresh now". Redirects to the sources page once it can show the progress. */
export const POST = writeRoute(async () => {
  const begun = new Date();
  if ((await findRefresh(database())).running) return redirectTo("/sources");
  // The refresh itself waits for a locked library as long as it takes, but whoever pressed the button is told.
  await retryWhileLocked(() => database().refresh.updateMany({ where: { id: 1 }, data: { id: 1 } }));
  spawnRefresh();
  while (Date.now() - begun.getTime() < patienceMs) {
    const { running, finishedAt } = await findRefresh(database());
    if (running || (finishedAt && finishedAt >= begun)) break;
    await sleep(everyMs);
  }
  return redirectTo("/sources");
});
