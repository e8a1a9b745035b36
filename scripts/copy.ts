import { type Copied, copyLibrary } from "@/lib/catalog/copy-library";
import { openDatabase } from "@/lib/db/client";
import { engineFor } from "@/lib/db/engine-for";
import { UnfinishedCopyError } from "@/lib/db/migrations";
import { lineOf } from "@/lib/db/problem";
import { findMigrationProblem } from "@/lib/db/readiness";
import { readEnv } from "@/lib/env";
import { printable } from "@/lib/printable";
import { openProgress } from "./progress";

const usage = `npm run copy -- FROM TO

Copies a whole library to another database: papers, bookmarks, settings, listing files,
pictures, and where everything came from. FROM and TO are addresses as in DATABASE_URL:
file:data/broadsheet.db, or postgresql://USER:PASSWORD@HOST/DATABASE. TO has to be empty; FROM
is only read. Stop the server first. If a copy is interrupted, the same command continues it.
At the end, every row and file of both is compared.

Exit: 0 copied · 1 not copied, with the reason · 2 wrong usage`;

/** Runs the program with its command-line arguments. Returns the exit code. */
export async function main(args: string[]): Promise<number> {
  if (args.includes("--help") || args.includes("-h")) {
    console.log(usage);
    return 0;
  }
  delete process.env.DATABASE_REPLICA_URL; // a library may be a file here, and a copy reads no replica
  const problem = findProblem(args);
  if (problem !== null) {
    console.error(printable(`copy: ${problem}   (see --help)`));
    return 2;
  }
  const [from = "", to = ""] = args.map(toAddress);
  const startedAt = performance.now();
  try {
    const copied = await copy(from, to);
    for (const { what, count, checksum } of copied)
      console.log(`${what.padEnd(17)} ${count.toLocaleString("en").padStart(10)}  sha256 ${checksum}`);
    const count = copied.reduce((sum, part) => sum + part.count, 0);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    console.log(
      printable(
        `${engineFor(to).nameOf(to)}: ${count.toLocaleString("en")} rows and files in ${seconds} s, each the same as in ${engineFor(from).nameOf(from)}`,
      ),
    );
    return 0;
  } catch (error) {
    console.error(printable(`copy: ${error instanceof Error ? error.message : String(error)}`));
    return 1;
  }
}

const toAddress = (text: string) => readEnv({ ...process.env, DATABASE_URL: text }).databaseUrl;

function findProblem(args: string[]): string | null {
  if (args.length !== 2) return `expected two addresses, FROM and TO, got ${args.length}`;
  try {
    const [from, to] = args.map(toAddress);
    return from === to ? "expected two libraries, got the same address twice" : null;
  } catch (error) {
    return (error as Error).message.replace("DATABASE_URL: ", ""); // readEnv throws only Errors
  }
}

async function copy(from: string, to: string): Promise<Copied> {
  const progress = openProgress("copy");
  const source = openDatabase(from, 30_000);
  const target = openDatabase(to, 30_000);
  try {
    const state = await about(from, async () => {
      // Before anything is created: a library that is not there cannot be copied.
      const library = await engineFor(from).identify(from, source);
      const problem = await findMigrationProblem(source, engineFor(from));
      if (problem !== null) throw new Error(problem);
      const { number } = await source.revision.findUniqueOrThrow({ where: { id: 1 } });
      const change = await source.change.aggregate({ _max: { id: true } });
      return `${library}-${number}-${change._max.id ?? 0}`;
    });
    return await about(to, async () => {
      await engineFor(to).migrate(to).catch(ignoreUnfinishedCopy);
      return copyLibrary(source, target, state, (what, done, total) =>
        progress.show(done, total, `${what}, ${done.toLocaleString("en")} of ${total.toLocaleString("en")}`),
      );
    });
  } finally {
    progress.end();
    await source.$disconnect();
    await target.$disconnect();
  }
}

/** It is continued. */
function ignoreUnfinishedCopy(error: unknown): void {
  if (!(error instanceof UnfinishedCopyError)) throw error;
}

/** Errors while working on a library name it, in one line. */
async function about<Result>(url: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const library = engineFor(url).nameOf(url);
    const problem = lineOf(error);
    throw new Error(problem.startsWith(library) ? problem : `${library}: ${problem}`, { cause: error });
  }
}
