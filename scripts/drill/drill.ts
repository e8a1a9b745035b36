import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Database, openDatabase } from "@/lib/db/client";
import { engineFor } from "@/lib/db/engine-for";
import { openProgress } from "../progress";
import { days, idOf, paperLines, wordOf } from "./papers";
import { type Asked, openBalancer, type Report, runReaders } from "./readers";
import { watchAges } from "./staleness";
import { startPostgres } from "./start-postgres";
import { replicated, startReplica } from "./start-replica";
import { startWeb, type Web } from "./web";

const usage = `npm run drill

Tries out on this machine what must hold for a team: PostgreSQL with a replica, two web processes,
10,000 requests over 32 connections while papers are imported and each process is stopped and
started. Then the first database server is killed, the replica is promoted, and the processes are
started with its address. Takes some minutes, and needs no library: it makes up its papers.

Exit: 0 all of it held · 1 something did not, with the report · 2 wrong usage`;

const requests = 10_000;
const papersBefore = 3000;
const papersDuring = 20_000;
const restartAt = [500, 1000]; // requests; both during the import

/** Runs the drill and prints what was seen as one JSON object. Returns the exit code. */
export async function main(args: string[]): Promise<number> {
  if (args.includes("--help") || args.includes("-h")) {
    console.log(usage);
    return 0;
  }
  if (args.length > 0) {
    console.error(`drill: expected no options, got "${args.join(" ")}"   (see --help)`);
    return 2;
  }
  const seen = await drill();
  console.log(JSON.stringify(seen, null, 2));
  const broken = findBroken(seen);
  for (const line of broken) console.error(`drill: ${line}`);
  return broken.length > 0 ? 1 : 0;
}

type Seen = {
  load: Report & { duringImport: number };
  ages: { greatestAge: number; read: number; versions: number };
  papersPerSecond: number;
  bookmarks: { saved: number; found: number };
  outage: { cachedPage: number; uncachedPage: number; secondsUntilReady: number };
  afterwards: {
    load: Report;
    bookmarks: { saved: number; found: number };
    papers: { before: number; found: number };
  };
};

function findBroken({ load, ages, bookmarks, outage, afterwards }: Seen): string[] {
  return [
    ...[...load.failed, ...afterwards.load.failed].slice(0, 20),
    ages.greatestAge > 2 ? `a page was ${ages.greatestAge} s old` : "",
    bookmarks.found < bookmarks.saved ? "bookmarks were lost" : "",
    load.cutOff["web-1"] ? `web-1 was told to stop, and cut off ${load.cutOff["web-1"]} requests` : "",
    outage.uncachedPage !== 503
      ? `without its database, another page was answered with ${outage.uncachedPage}, not 503 within five seconds`
      : "",
    outage.cachedPage !== 200
      ? `without its database, a cached page was answered with ${outage.cachedPage}`
      : "",
    afterwards.bookmarks.found < afterwards.bookmarks.saved
      ? "bookmarks were lost with the first server"
      : "",
    afterwards.papers.found < afterwards.papers.before ? "papers were lost with the first server" : "",
  ].filter((line) => line !== "");
}

async function drill(): Promise<Seen> {
  const progress = openProgress("drill");
  const folder = mkdtempSync(path.join(tmpdir(), "broadsheet-drill-"));
  let webs: Web[] = [];
  let db: Database | undefined;
  try {
    progress.show(0, null, "starting PostgreSQL and its replica");
    const primary = await startPostgres(replicated);
    const replica = await startReplica(primary, replicated);
    await engineFor(primary.url).migrate(primary.url);
    await scrape(primary.url, folder, 0, papersBefore);
    const team = { DATABASE_URL: primary.url, DATABASE_REPLICA_URL: replica.url };
    progress.show(0, null, "starting two web processes");
    webs = [await startWeb("web-1", team), await startWeb("web-2", team)];
    const { send } = openBalancer(() => webs);

    db = openDatabase(primary.url, 60_000);
    const watching = await watchAges(db, () => webs);
    const saved = new Set<string>();
    let done = 0;
    let duringImport = 0;
    const importing = scrape(primary.url, folder, papersBefore, papersDuring).then(async (seconds) => {
      duringImport = done;
      return { papersPerSecond: Math.round(papersDuring / seconds), ages: await watching.end() };
    });
    const show = (count: number) => {
      done = count;
      progress.show(
        count,
        requests,
        `${count.toLocaleString("en")} of ${requests.toLocaleString("en")} requests`,
      );
    };
    const reading = runReaders(send, requests, (number) => ask(number, saved), show);
    const restarting = restartInTurn(webs, team, () => done);
    const load = await reading;
    webs = await restarting;
    const { papersPerSecond, ages } = await importing;
    const bookmarks = { saved: saved.size, found: await countBookmarks(send) };
    const papers = await db.paper.count();

    progress.show(0, null, "killing the first server");
    const writing = runReaders(
      send,
      300,
      (number) => bookmark(number + requests, saved),
      () => {},
    );
    await sleep(100);
    primary.kill();
    await writing; // some fail; what was answered must be there
    await db.$disconnect();
    const cachedPage = (await askOne(webs, `/papers/date/${days[0]}`)) ?? 0;
    const uncachedPage = (await askOne(webs, "/papers/date/2024-02-29")) ?? 0;
    db = openDatabase(replica.url, 10_000);
    await db.$queryRaw`SELECT pg_promote()`;
    const promotedAt = performance.now();
    for (const [index, web] of webs.entries()) {
      await web.stop("SIGTERM");
      webs[index] = await startWeb(web.name, { DATABASE_URL: replica.url });
    }
    const secondsUntilReady = Number(((performance.now() - promotedAt) / 1000).toFixed(1));
    const later = await runReaders(
      send,
      1000,
      (number) => ask(number + 2 * requests, saved),
      () => {},
    );
    const afterwards = {
      load: later,
      bookmarks: { saved: saved.size, found: await countBookmarks(send) },
      papers: { before: papers, found: await db.paper.count() },
    };
    for (const web of webs.splice(0)) await web.stop("SIGTERM");
    await db.$disconnect();
    db = undefined;
    await replica.stop();
    return {
      load: { ...load, duringImport },
      ages,
      papersPerSecond,
      bookmarks,
      outage: { cachedPage, uncachedPage, secondsUntilReady },
      afterwards,
    };
  } finally {
    progress.end();
    for (const web of webs) if (web.stoppedAt === null) await web.stop("SIGKILL");
    await db?.$disconnect();
    rmSync(folder, { recursive: true });
  }
}

async function countBookmarks(send: ReturnType<typeof openBalancer>["send"]): Promise<number> {
  const { text } = await send("GET", "/api/v1/papers?bookmarked=true&limit=1", {}); // not compressed
  return JSON.parse(text).total;
}

/** Stops and starts one process, and later kills and starts the other. */
async function restartInTurn(webs: Web[], env: Record<string, string>, done: () => number): Promise<Web[]> {
  for (const [index, signal] of (["SIGTERM", "SIGKILL"] as const).entries()) {
    while (done() < (restartAt[index] ?? 0)) await sleep(100);
    const web = webs[index];
    if (!web) continue;
    await web.stop(signal);
    webs[index] = await startWeb(web.name, env);
  }
  return webs;
}

/** Imports papers as `npm run scrape` does. Returns the seconds it took. */
async function scrape(url: string, folder: string, first: number, count: number): Promise<number> {
  const file = path.join(folder, `${first}.jsonl`);
  writeFileSync(file, paperLines(first, count));
  const startedAt = performance.now();
  const child = spawn(process.execPath, ["--max-semi-space-size=4", "scripts/scrape.mjs", file], {
    env: { ...process.env, DATABASE_URL: url, REFRESH: "", KEEP_MEDIA: "0" },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Error(`the import ended with ${code}`);
  return (performance.now() - startedAt) / 1000;
}

/** A request as readers send it: mostly editions, some papers, searches, marks and suggestions. */
function ask(number: number, saved: Set<string>): Asked {
  const choice = (number * 37) % 100;
  const get = (kind: string, path: string) => ({ kind, method: "GET", path }) as const;
  if (choice < 45) return get("edition", `/papers/date/${days[number % days.length]}`);
  if (choice < 60) return get("paper", `/papers/${idOf(number % papersBefore)}`);
  if (choice < 68) return get("search", `/papers?q=${wordOf(number)}+part+${number % papersBefore}`);
  if (choice < 74) return get("search newest", `/api/v1/papers?q=${wordOf(number)}&sort=newest`);
  if (choice < 86) return get("marks", "/me.css");
  if (choice < 90) return get("suggestions", `/api/v1/suggest?q=${wordOf(number).slice(0, 4)}`);
  return bookmark(number, saved);
}

function bookmark(number: number, saved: Set<string>): Asked {
  const id = idOf(number % papersBefore);
  return {
    kind: "bookmark",
    method: "PUT",
    path: `/api/v1/bookmarks/${id}`,
    onAnswer: () => void saved.add(id),
  };
}

/** The status of a page from the first process. Null if there was no answer within five seconds. */
async function askOne([web]: Web[], path: string): Promise<number | null> {
  const answer = await web?.pool
    .request({ path, method: "GET", headersTimeout: 5000, headers: { accept: "text/html" } })
    .catch(() => null);
  await answer?.body.dump();
  return answer?.statusCode ?? null;
}
