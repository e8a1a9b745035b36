import { existsSync } from "node:fs";
import path from "node:path";
import { copyLibrary } from "@/lib/catalog/copy-library";
import { derivedVersion } from "@/lib/catalog/rederive";
import { toDay } from "@/lib/days";
import { openDatabase } from "@/lib/db/client";
import { engineFor } from "@/lib/db/engine-for";
import { importSource } from "@/lib/imports/import";
import { openFile } from "@/lib/listings/open-source";
import { readLines } from "@/lib/listings/read-source";
import type { Source } from "@/lib/listings/source";
import { startPostgres } from "../drill/start-postgres";
import { parseOnThread } from "../parse-on-thread";
import { openPlainFts5, type Plain } from "./plain-fts5";
import { openPlainPostgres } from "./plain-postgres";

/** A library of so many papers of a file, and a plain search over their titles and abstracts. */
export type Corpus = {
  url: string;
  plain: Plain;
  papersPerSecond: number | null;
  close: () => Promise<void>;
};

/** Makes both in a folder, or uses those that are there. A file with fewer papers is repeated under fresh arXiv ids. */
export async function openCorpus(
  file: string,
  limit: number,
  folder: string,
  onSaved: (saved: number) => void,
): Promise<Corpus> {
  const library = path.join(folder, `search-${limit}.db`);
  const url = `file:${library}`;
  let papersPerSecond: number | null = null;
  if (!existsSync(library)) {
    await engineFor(url).migrate(url);
    const db = openDatabase(url);
    const startedAt = performance.now();
    const options = { pageDate: null, kind: null, today: toDay(new Date()), parseMany: parseOnThread };
    let saved = 0;
    await importSource(repeated(await openFile(file), limit), options, db, (_, { entries }) => {
      saved += entries.length;
      onSaved(saved);
    });
    papersPerSecond = Math.round(saved / ((performance.now() - startedAt) / 1000));
    // Otherwise the server would rebuild the index of a library that nothing has derived yet.
    await db.revision.update({ where: { id: 1 }, data: { termsVersion: derivedVersion() } });
    await db.$disconnect();
  }
  const plain = openPlainFts5(path.join(folder, `plain-${limit}.db`), library);
  return { url, plain, papersPerSecond, close: async () => {} };
}

/** Copies a library to a PostgreSQL server of its own. */
export async function copyToPostgres({ url: from, papersPerSecond }: Corpus): Promise<Corpus> {
  const server = await startPostgres([]);
  try {
    await engineFor(server.url).migrate(server.url);
    const [source, copy] = [openDatabase(from), openDatabase(server.url)];
    await copyLibrary(source, copy, from);
    await source.$disconnect();
    await copy.$disconnect();
    const plain = await openPlainPostgres(server.url);
    const close = async () => {
      await plain.close();
      await server.stop();
    };
    return { url: server.url, plain, papersPerSecond, close };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** The first lines of a source, again and again until there are enough. */
function repeated(source: Source, limit: number): Source {
  async function* open(): AsyncIterable<Buffer> {
    let number = 0;
    for (let round = 0; number < limit; round++) {
      const before = number;
      for await (const line of readLines(source)) {
        if (typeof line !== "string") continue;
        if (number++ === limit) return;
        yield Buffer.from(`${round === 0 ? line : withFreshId(line, number)}\n`);
      }
      if (number === before) return;
    }
  }
  return { ...source, open };
}

/** A line with an arXiv id of the years from 2060 on, which no paper has yet. */
function withFreshId(line: string, number: number): string {
  const paper: Record<string, unknown> = JSON.parse(line);
  const month = Math.floor(number / 99_999);
  const id = `${60 + Math.floor(month / 12)}${String((month % 12) + 1).padStart(2, "0")}.${String(1 + (number % 99_999)).padStart(5, "0")}`;
  return JSON.stringify({ ...paper, id, arxivId: id });
}
