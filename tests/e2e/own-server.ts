import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "@playwright/test";
import { replaceWithFixtureLibrary } from "./scrape-into";

/** Gives the tests of a file a server of their own, and each a fresh copy of the fixture library. */
export function openFixtureServer(firstPort: number) {
  const site = openOwnServer(firstPort, { forAll: true });
  let isStarted = false;
  test.beforeEach(async () => {
    replaceWithFixtureLibrary(site.folder());
    if (!isStarted) await site.start();
    else await fetch(`${site.base}/api/health`); // the server looks for its library, and finds the new one
    isStarted = true;
  });
  return site;
}

/**
 * Gives each test of a file, or with `forAll` all of them together, a server with a library of its own, as `npm start`
 * runs it. Both are removed afterwards.
 */
export function openOwnServer(firstPort: number, { forAll = false } = {}) {
  const port = firstPort + (process.pid % 200);
  const base = `http://127.0.0.1:${port}`;
  let folder = "";
  let env = { ...process.env };
  let server: ChildProcess | null = null;

  const beforeEachOrAll = forAll ? test.beforeAll : test.beforeEach;
  beforeEachOrAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), "broadsheet-"));
    env = {
      ...process.env,
      PORT: String(port),
      HOST: "127.0.0.1",
      INIT_CWD: "",
      REFRESH: "",
      DATABASE_URL: `file:${folder}/library.db`,
    };
  });
  /** Stops the server and waits until it has exited, so that its port is free again. Returns its exit code. */
  async function stop(signal: NodeJS.Signals): Promise<number | null> {
    if (!server || server.exitCode !== null || server.signalCode !== null) return server?.exitCode ?? null;
    server.kill(signal);
    const [code] = await once(server, "exit");
    return code;
  }

  async function cleanUp(): Promise<void> {
    await stop("SIGKILL");
    server = null;
    rmSync(folder, { recursive: true });
  }
  test.afterEach(async ({ page }) => {
    await page.close(); // otherwise what it still loads would fail and count as an error of the page
    if (!forAll) await cleanUp();
  });
  if (forAll) test.afterAll(cleanUp);

  return {
    port,
    base,
    folder: () => folder,
    env: () => env,
    /** Sets the address that stands in for Hugging Face and arXiv. */
    setHub(address: string): void {
      Object.assign(env, { HUB_URL: address, ARXIV_API_URL: address });
    },
    /** Starts the server and waits until it is ready. */
    async start(): Promise<void> {
      const stdio = ["ignore", "pipe", "inherit"] as const;
      const child = spawn(process.execPath, ["scripts/start.mjs"], { env, stdio: [...stdio] });
      server = child;
      await new Promise<void>((resolve, reject) => {
        child.stdout.on("data", (bytes) => String(bytes).includes("is ready at") && resolve());
        child.on("exit", (code) => reject(new Error(`start ended with ${code}`)));
      });
    },
    stop,
  };
}
