import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "@/lib/db/client";
import { importSource } from "@/lib/imports/import";
import { openBody } from "@/lib/listings/open-source";
import { probe } from "./papers";
import type { Web } from "./web";

const changeEveryMs = 700;
const readEveryMs = 150;

/**
 * Changes a paper again and again, and reads its page from each process that is ready. `end` returns the greatest age of
 * a page in seconds: how long before the request a newer version had been committed.
 */
export async function watchAges(db: Database, webs: () => Web[]) {
  const committedAt: number[] = []; // by version, in milliseconds
  const change = async () => {
    const version = committedAt.length;
    const options = { pageDate: null, kind: null, today: "2025-12-20" };
    await importSource(
      openBody("probe.jsonl", null, Buffer.from(probe.line(version))),
      options,
      db,
      () => {},
    );
    committedAt.push(performance.now());
  };
  await change();
  let isRunning = true;
  let greatest = 0;
  let read = 0;
  const readAge = async (web: Web) => {
    if (!web.isReady || web.stoppedAt !== null) return;
    const askedAt = performance.now();
    try {
      const { statusCode, body } = await web.pool.request({ path: probe.path, method: "GET" });
      const version = probe.versionIn(await body.text());
      if (statusCode !== 200) return; // the readers count it
      if (Number.isNaN(version)) throw new Error(`drill: ${probe.path} does not have its paper`);
      const newer = committedAt[version + 1];
      if (newer !== undefined) greatest = Math.max(greatest, askedAt - newer);
      read++;
    } catch (error) {
      if (web.stoppedAt === null) throw error;
    }
  };
  const changing = (async () => {
    while (isRunning) {
      await change();
      await sleep(changeEveryMs);
    }
  })();
  const reading = (async () => {
    while (isRunning) {
      await Promise.all(webs().map(readAge));
      await sleep(readEveryMs);
    }
  })();
  return {
    end: async () => {
      isRunning = false;
      await Promise.all([changing, reading]);
      return { greatestAge: Number((greatest / 1000).toFixed(2)), read, versions: committedAt.length };
    },
  };
}
