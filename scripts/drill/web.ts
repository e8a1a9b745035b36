import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { Pool } from "undici";
import { freePort } from "./free-port";

const readyEveryMs = 200;
const startWithinMs = 120_000;

/** A web process, and what a proxy in front of it knows. */
export type Web = {
  name: string;
  pool: Pool;
  isReady: boolean;
  /** Since when it has been told to stop, or was killed; null while it runs. */
  stoppedAt: number | null;
  /** Resolves once it has ended. */
  stop: (signal: NodeJS.Signals) => Promise<void>;
};

/** Starts a web process as `npm start` does, and waits until it is ready. It is asked again and again whether it is. */
export async function startWeb(name: string, env: Record<string, string>): Promise<Web> {
  const port = await freePort();
  const child: ChildProcess = spawn(process.execPath, ["--max-semi-space-size=8", "scripts/start.mjs"], {
    env: {
      ...process.env,
      DATABASE_REPLICA_URL: "",
      ...env,
      PORT: String(port),
      HOST: "127.0.0.1",
      REFRESH: "",
      HUB_URL: "http://127.0.0.1:1",
      DRAIN_SECONDS: "1",
    },
    stdio: ["ignore", "ignore", "ignore"], // it reports each request that fails, and so do the readers
  });
  process.once("exit", () => child.kill("SIGKILL"));
  const pool = new Pool(`http://127.0.0.1:${port}`, { connections: 64, pipelining: 1 });
  const web: Web = {
    name,
    pool,
    isReady: false,
    stoppedAt: null,
    async stop(signal) {
      web.stoppedAt = performance.now();
      if (signal === "SIGKILL") web.isReady = false;
      child.kill(signal);
      await once(child, "exit");
      await pool.destroy();
    },
  };
  const watch = async () => {
    while (child.exitCode === null && child.signalCode === null) {
      web.isReady = await isReady(web);
      await sleep(readyEveryMs, undefined, { ref: false });
    }
    web.isReady = false;
  };
  void watch();
  for (const startedAt = performance.now(); !web.isReady; await sleep(readyEveryMs)) {
    if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode}`);
    if (performance.now() - startedAt > startWithinMs)
      throw new Error(`${name} was not ready within ${startWithinMs / 1000} s`);
  }
  return web;
}

/** What a proxy takes as the answer: no connection and no answer in time are a no. */
async function isReady({ pool }: Web): Promise<boolean> {
  try {
    const { statusCode, body } = await pool.request({
      path: "/api/ready",
      method: "GET",
      headersTimeout: 3000,
      bodyTimeout: 3000,
    });
    await body.dump();
    return statusCode === 200;
  } catch {
    return false;
  }
}
