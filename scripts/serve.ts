import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { Cron } from "croner";
import next from "next";
import { closeDatabase, database } from "@/lib/db/client";
import { lineOf } from "@/lib/db/problem";
import { watchLibrary } from "@/lib/db/watch";
import { hasWork } from "@/lib/digest/has-work";
import { describeFailure } from "@/lib/digest/mail-failure";
import { checkMailServer } from "@/lib/digest/mailer";
import { spawnDigests } from "@/lib/digest/spawn-digests";
import { readEnv } from "@/lib/env";
import { isLoopback } from "@/lib/http/host";
import { readPageScripts } from "@/lib/http/page-scripts";
import { toRemote } from "@/lib/http/remote-answer";
import { type Handler, renderWith } from "@/lib/http/render";
import { announceStop } from "@/lib/http/stopping";
import { lacksPictures } from "@/lib/imports/fetch-figures";
import { importLatestDays } from "@/lib/imports/first-import";
import { prepareLibrary } from "@/lib/imports/prepare-library";
import { hasNoImports, loadSample } from "@/lib/imports/sample";
import { spawnPictures, spawnRefresh } from "@/lib/imports/spawn-refresh";
import { printable } from "@/lib/printable";
import { openFrontThread } from "./front-thread";
import { logOptions, openLog } from "./log";
import { openLibraryMetrics } from "./metrics/library-metrics";
import { openProgress } from "./progress";

// The server exits within ten seconds of SIGTERM. The last second is for closing the database.
const patienceMs = 9000;

/** Prepares the library and serves it until a signal arrives. If it cannot, ends the process with one line. */
export async function serve(): Promise<void> {
  try {
    await openLog(logOptions(readEnv()));
    await prepare();
    loadBuiltConfig();
    // Next would handle websockets on the server it receives. We have none, so it gets an unused server.
    const app = next({ dev: false, dir: process.cwd(), httpServer: createServer() });
    await app.prepare();
    await listen(app.getRequestHandler());
    scheduleRefresh();
    scheduleDigests();
    void checkMail();
    const { refresh, keepMedia } = readEnv();
    if (refresh !== null && keepMedia > 0 && (await lacksPictures(database()))) spawnPictures();
  } catch (error) {
    console.error(printable(error instanceof Error ? error.message : String(error)));
    process.exit(1);
  }
}

/**
 * Lets Next read its settings from the build, as its own standalone server does. To read next.config.ts it would load
 * its compiler, which takes a fifth of a second and some 40 MB for as long as the server runs.
 */
function loadBuiltConfig(): void {
  const { config } = JSON.parse(readFileSync(".next/required-server-files.json", "utf8"));
  process.env.__NEXT_PRIVATE_STANDALONE_CONFIG = JSON.stringify(config);
}

/** Migrates the library, and imports the latest days into an empty one. */
export async function prepare(): Promise<void> {
  const startedAt = performance.now();
  const seconds = () => ((performance.now() - startedAt) / 1000).toFixed(1);
  const preparing = openProgress("library");
  const { migrated, rederived } = await prepareLibrary((done, of) =>
    preparing.show(
      done,
      of,
      `rebuilding the search index, ${done.toLocaleString("en")} of ${of.toLocaleString("en")} papers`,
    ),
  );
  preparing.end();
  const done = [
    ...(migrated.length > 0
      ? [`${migrated.length} ${migrated.length === 1 ? "migration" : "migrations"} applied`]
      : []),
    ...(rederived ? ["search index and tags rebuilt"] : []),
  ];
  if (done.length > 0) console.log(`library: ${done.join(", ")} in ${seconds()} s`);
  if (!(await hasNoImports(database()))) return;

  const { hubUrl } = readEnv();
  console.log(printable(`library: empty, importing the latest days from ${hubUrl} …`));
  const progress = openProgress("library");
  const { days, papers, why } = await importLatestDays(database(), hubUrl, firstImportMs, (days, of, day) =>
    progress.show(days, of, day),
  );
  progress.end();
  if (why !== null) console.log(printable(`library: ${hubUrl}: ${why}`));
  if (papers > 0) console.log(`library: imported ${papers} papers of ${days} days in ${seconds()} s`);
  else if (await loadSample(database()))
    console.log("library: showing a sample edition until `npm run scrape` imports a real one");
}

// How long the first start waits for papers.
const firstImportMs = 9000;

/** Refreshes on the schedule in REFRESH, in a separate process. */
function scheduleRefresh(): void {
  const { refresh } = readEnv();
  if (refresh !== null) new Cron(refresh, { mode: "5-part", unref: true }, () => void spawnRefresh());
}

/**
 * Looks for digests that are due and for mail that waits, several times a minute, because somebody may be waiting to confirm
 * an address. They are sent in a separate process.
 */
function scheduleDigests(): void {
  let isSending = false;
  let problem = "";
  new Cron("*/10 * * * * *", { unref: true, protect: true }, async () => {
    try {
      if (isSending || !(await hasWork(database(), new Date()))) return;
      problem = "";
      isSending = true;
      spawnDigests().on("close", () => {
        isSending = false;
      });
    } catch (error) {
      const line = lineOf(error);
      if (line !== problem) console.error(printable(`digest: ${line}`));
      problem = line;
    }
  });
}

/** Says in one line if the mail server does not answer. Mails then wait in the queue. */
async function checkMail(): Promise<void> {
  const { mail } = readEnv();
  if (mail === null) return;
  try {
    await checkMailServer(mail.smtpUrl, mail.from);
  } catch (error) {
    console.error(printable(`mail: ${describeFailure(error).why}; mails wait until the server takes them`));
  }
}

async function listen(handle: Handler): Promise<void> {
  const { host, port, hosts, metrics, drainMs } = readEnv();
  const measured = metrics.port !== null || metrics.token !== null;
  const metricsText = measured ? await openLibraryMetrics() : async () => "";
  const library = await watchLibrary((state) => front.show(state));
  const front = openFrontThread(
    {
      host,
      port,
      hosts,
      scripts: Object.values(readPageScripts()),
      library: library.state,
      metrics,
      log: logOptions(readEnv()),
    },
    { ...toRemote(renderWith(handle)), checkLibrary: library.check, metrics: metricsText },
  );
  const at = await front.listen();
  if ("problem" in at)
    throw new Error(
      at.taken
        ? `Port ${port} on ${host} is already in use. Choose another: PORT=${port + 1} npm start`
        : at.problem,
    );
  if (metrics.port !== null) {
    const at = await front.listenForMetrics();
    if ("problem" in at)
      throw new Error(
        at.taken
          ? `METRICS_PORT: port ${metrics.port} on ${host} is already in use`
          : `METRICS_PORT: ${at.problem}`,
      );
    console.log(`metrics: http://${nameOf(host)}:${at.port}/metrics`);
  }
  if (!isLoopback(at.address))
    console.log(
      `HOST=${host} opens this library to the network. There is no login: anyone who can reach it can read and change everything`,
    );
  console.log(`Broadsheet is ready at http://${nameOf(host)}:${at.port} (${process.uptime().toFixed(1)} s)`);

  let stopping = false;
  const end = async (patience: number) => {
    let left = stopping ? 0 : patience; // a second signal ends it at once
    stopping = true;
    announceStop();
    if (left > 0 && drainMs > 0) {
      front.drain();
      await sleep(drainMs);
      left -= drainMs;
    }
    await front.stop(left);
    library.stop();
    await closeDatabase();
    process.exit(0);
  };
  process.on("SIGINT", () => end(0));
  process.on("SIGTERM", () => end(patienceMs));
  process.on("SIGHUP", () => end(patienceMs));
}

/** A host as addresses spell it. */
function nameOf(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}
