import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { firstHubDay, isDay, toHubDay } from "@/lib/days";
import { database } from "@/lib/db/client";
import { retryWhileLocked } from "@/lib/db/retry-while-locked";
import { plainAnswer, readForm, redirectTo } from "@/lib/http/form";
import { writeRoute } from "@/lib/http/unavailable";
import { findRefresh } from "@/lib/imports/refresh-state";
import { spawnRefresh } from "@/lib/imports/spawn-refresh";
import { canFetch } from "@/lib/papers/day-state";

// On a busy machine, a program may take a while to start.
const patienceMs = 30_000;
const checkEveryMs = 100;

const formSchema = z.object({
  day: z
    .string()
    .refine((day) => isDay(day) && canFetch(day))
    .optional(),
});

/**
 * Target of the buttons that fetch from Hugging Face: all days that need it, or with `day=2025-12-11` that day. Redirects to
 * the sources page once that can show the progress, or why this day was not fetched.
 */
export const POST = writeRoute(async (request: Request) => {
  const parsed = formSchema.safeParse((await readForm(request)) ?? {});
  if (!parsed.success)
    return plainAnswer(400, `expected no day, or one from ${firstHubDay} to ${toHubDay(new Date())}.`);
  const { day = null } = parsed.data;
  const startedAt = new Date();
  if ((await findRefresh(database())).running)
    return redirectTo(day ? `/sources?waiting=${day}` : "/sources");
  // The refresh itself would wait for a locked library without limit. This fails after five seconds, so that the reader
  // gets an answer.
  await retryWhileLocked(() => database().refresh.updateMany({ where: { id: 1 }, data: { id: 1 } }));
  spawnRefresh(day);
  while (Date.now() - startedAt.getTime() < patienceMs) {
    const { running, finishedAt } = await findRefresh(database());
    if (running || (finishedAt && finishedAt >= startedAt)) break;
    await sleep(checkEveryMs);
  }
  return redirectTo(day ? `/sources?fetched=${day}` : "/sources");
});
