import { setTimeout as sleep } from "node:timers/promises";
import { database } from "@/lib/db/client";
import { retryWhileLocked } from "@/lib/db/sqlite/retry-while-locked";
import { redirectTo } from "@/lib/http/form";
import { writeRoute } from "@/lib/http/unavailable";
import { findRefresh } from "@/lib/imports/refresh-state";
import { spawnRefresh } from "@/lib/imports/spawn-refresh";

// On a busy machine, a program may take a while to start.
const patienceMs = 30_000;
const checkEveryMs = 100;

/** Target of the "Refresh now" button. Redirects to the sources page once that can show the progress. */
export const POST = writeRoute(async () => {
  const startedAt = new Date();
  if ((await findRefresh(database())).running) return redirectTo("/sources");
  // The refresh itself would wait for a locked library without limit. This fails after five seconds, so that the reader
  // gets an answer.
  await retryWhileLocked(() => database().refresh.updateMany({ where: { id: 1 }, data: { id: 1 } }));
  spawnRefresh();
  while (Date.now() - startedAt.getTime() < patienceMs) {
    const { running, finishedAt } = await findRefresh(database());
    if (running || (finishedAt && finishedAt >= startedAt)) break;
    await sleep(checkEveryMs);
  }
  return redirectTo("/sources");
});
