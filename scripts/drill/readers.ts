import { setTimeout as sleep } from "node:timers/promises";
import { accepted, percentiles } from "../bench/load";
import type { Web } from "./web";

/** What a load of readers sees. `failed`: on a process that was running all the time, with the reason. */
export type Report = {
  answered: number;
  failed: string[];
  /** Open on a process when that was stopped, by its name. */
  cutOff: Record<string, number>;
  byKind: Record<string, { p50: number; p95: number }>;
};

export type Asked = { kind: string; method: "GET" | "PUT"; path: string; onAnswer?: () => void };

/** Sends requests to whichever process is ready, in turns, as a proxy would. */
export function openBalancer(webs: () => Web[]) {
  let turn = 0;

  /** Throws if no process takes the request. */
  async function send(
    method: "GET" | "PUT",
    path: string,
    headers: Record<string, string> = accepted,
  ): Promise<{ web: Web; status: number; text: string }> {
    for (const startedAt = performance.now(); ; await sleep(50)) {
      const ready = webs().filter(({ isReady }) => isReady);
      const web = ready[turn++ % Math.max(1, ready.length)];
      try {
        if (!web) throw Object.assign(new Error("no process is ready"), { code: "ECONNREFUSED" });
        const { statusCode, body } = await web.pool.request({ path, method, headers });
        return { web, status: statusCode, text: await body.text() };
      } catch (error) {
        // Nothing was sent: a proxy tries the next process.
        const isUnsent = error instanceof Error && "code" in error && error.code === "ECONNREFUSED";
        if (!isUnsent || performance.now() - startedAt > 10_000) throw Object.assign(error as Error, { web });
        if (web) web.isReady = false;
      }
    }
  }
  return { send };
}

/** Asks for so many things over 32 connections. `next` says what. */
export async function runReaders(
  send: ReturnType<typeof openBalancer>["send"],
  total: number,
  next: (number: number) => Asked,
  onProgress: (done: number) => void,
): Promise<Report> {
  const report: Report = { answered: 0, failed: [], cutOff: {}, byKind: {} };
  const times = new Map<string, number[]>();
  let asked = 0;
  const connect = async () => {
    while (asked < total) {
      const { kind, method, path, onAnswer } = next(asked++);
      const at = performance.now();
      try {
        const { status } = await send(method, path);
        if (status >= 400) report.failed.push(`${method} ${path}: ${status}`);
        else {
          report.answered++;
          onAnswer?.();
        }
        times.set(kind, (times.get(kind) ?? []).concat(performance.now() - at));
      } catch (error) {
        const web = (error as { web?: Web }).web;
        if (web?.stoppedAt !== null && web?.stoppedAt !== undefined)
          report.cutOff[web.name] = (report.cutOff[web.name] ?? 0) + 1;
        else report.failed.push(`${method} ${path}: ${(error as Error).message}`);
      }
      onProgress(asked);
    }
  };
  await Promise.all(Array.from({ length: 32 }, connect));
  for (const [kind, all] of times) report.byKind[kind] = percentiles(all);
  return report;
}
