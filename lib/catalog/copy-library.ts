import { createHash } from "node:crypto";
import type { Database } from "../db/client";
import { continueKeys } from "../db/continue-keys";
import { filesOf } from "../db/engine";
import { type Room, rooms } from "../db/files";
import { unfinishedCopy } from "../db/migrations";
import { toRecord, withParts } from "../db/paper-row";
import { Prisma } from "../db/prisma";
import { rows } from "../db/rows";
import { readTables, type Table } from "../db/tables";
import { search } from "../search/engine";
import { toTerms } from "../search/terms";
import { toSearchable } from "./drafts";

/** What a copy does at the moment: rows of a table, files, papers for the search index, or what is compared. */
export type OnCopy = (what: string, done: number, total: number) => void;

/** What was copied: the rows of each table and the files of each room, with the checksum that both libraries have. */
export type Copied = { what: string; count: number; checksum: string }[];

type Value = string | number | bigint | boolean | Date | Uint8Array | null;
type Row = Record<string, Value>;

const rowsAtOnce = 2000;
const papersAtOnce = 500;

/**
 * Copies everything from one migrated library into another, on any engines, and compares both at the end, row by row.
 * `to` is empty, or a copy of `from` that was interrupted, which is continued; until the end, no other program opens it.
 * `source` identifies `from` in its current state. Throws an Error of one line if `to` holds anything else, or if the two
 * differ at the end because `from` was changed meanwhile.
 */
export async function copyLibrary(
  from: Database,
  to: Database,
  source: string,
  show: OnCopy = () => {},
): Promise<Copied> {
  const tables = readTables();
  await begin(to, tables, source);
  for (const table of tables) await copyRows(from, to, table, show);
  await continueKeys(to, tables);
  for (const room of rooms) await copyFiles(from, to, room, show);
  await writeIndex(to, show);
  const copied = await compare(from, to, tables, show);
  await to.$executeRaw`DELETE FROM "_prisma_migrations" WHERE migration_name = ${unfinishedCopy}`;
  return copied;
}

/** Marks the library as an unfinished copy, in the ledger of migrations, which every program reads before it opens a library. */
async function begin(to: Database, tables: Table[], source: string): Promise<void> {
  const [mark] = await to.$queryRaw<{ checksum: string }[]>`
    SELECT checksum FROM "_prisma_migrations" WHERE migration_name = ${unfinishedCopy}`;
  if (mark) {
    if (mark.checksum === source) return;
    throw new Error(
      "it holds an unfinished copy of another library, or of this one before it changed; empty it first",
    );
  }
  // The migrations wrote a row into each of these.
  const [firstRows, others] = [["Reader", "Revision", "Refresh"], [] as string[]];
  for (const { name } of tables) {
    const rows = await countRows(to, name);
    if (rows > (firstRows.includes(name) ? 1 : 0)) others.push(name);
  }
  if (others.length > 0)
    throw new Error(`expected an empty library to copy to, found rows in ${others.join(", ")}`);
  for (const room of rooms) {
    const { place, list } = filesOf(to, room);
    if ((await list()).length > 0)
      throw new Error(`expected an empty library to copy to, found files in ${place}`);
  }
  await to.$transaction(async (tx) => {
    for (const name of firstRows) await tx.$executeRaw`DELETE FROM ${Prisma.raw(`"${name}"`)}`;
    await tx.$executeRaw`INSERT INTO "_prisma_migrations" (id, checksum, migration_name)
      VALUES (${unfinishedCopy}, ${source}, ${unfinishedCopy})`;
  });
}

async function countRows(db: Database, name: string): Promise<number> {
  const [row] = await db.$queryRaw<{ rows: bigint }[]>`
    SELECT count(*) AS rows FROM ${Prisma.raw(`"${name}"`)}`;
  return Number(row?.rows ?? 0);
}

/** Each batch is one statement, so what is there of a table is always its first rows, and the next run goes on behind them. */
async function copyRows(from: Database, to: Database, table: Table, show: OnCopy): Promise<void> {
  const total = await countRows(from, table.name);
  let done = await countRows(to, table.name);
  const names = Prisma.raw(listOf(Object.keys(table.columns)));
  for await (const batch of read(from, table, await findLast(to, table))) {
    show(table.name, done, total);
    await to.$executeRaw`INSERT INTO ${Prisma.raw(`"${table.name}"`)} (${names})
      SELECT ${names} FROM ${rows(to, batch.map(toPlain), table.columns)} AS copied`;
    done += batch.length;
  }
}

// Numbers and texts of a library are within what `rows` can send.
type Plain = Record<string, never>;
const toPlain = (row: Row) =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, typeof value === "bigint" ? Number(value) : value]),
  ) as Plain;

async function findLast(db: Database, { name, key }: Table): Promise<Row | null> {
  const order = key.map((column) => `"${column}" DESC`).join(", ");
  const [row] = await db.$queryRaw<Row[]>`
    SELECT ${Prisma.raw(listOf(key))} FROM ${Prisma.raw(`"${name}"`)} ORDER BY ${Prisma.raw(order)} LIMIT 1`;
  return row ?? null;
}

/** The rows of a table in the order of its key, in batches, from behind a row on. */
async function* read(db: Database, { name, key, columns }: Table, after: Row | null): AsyncIterable<Row[]> {
  const list = Prisma.raw(listOf(Object.keys(columns)));
  const order = Prisma.raw(listOf(key));
  for (let last = after; ; ) {
    const where = last
      ? Prisma.sql`WHERE (${order}) > (${Prisma.join(key.map((column) => last?.[column]))})`
      : Prisma.empty;
    const batch = await db.$queryRaw<Row[]>`
      SELECT ${list} FROM ${Prisma.raw(`"${name}"`)} ${where} ORDER BY ${order} LIMIT ${rowsAtOnce}`;
    if (batch.length > 0) yield batch;
    if (batch.length < rowsAtOnce) return;
    last = batch.at(-1) ?? null;
  }
}

const listOf = (names: string[]) => names.map((name) => `"${name}"`).join(", ");

/** A file is there as a whole or not at all, so the next run goes on with those that are missing. */
async function copyFiles(from: Database, to: Database, room: Room, show: OnCopy): Promise<void> {
  const target = filesOf(to, room);
  const found = await filesOf(from, room).list();
  const there = await target.having(found.map(({ name }) => name));
  let done = there.size;
  for (const { name, writtenAt } of found) {
    if (there.has(name)) continue;
    show(whatOf(room), done++, found.length);
    const content = await filesOf(from, room).read(name);
    if (content) await target.write(name, content, writtenAt);
  }
}

const whatOf = (room: Room) => `files in ${room}`;

/** The search index has a form of its own on each engine, so it is made anew from the papers. */
async function writeIndex(to: Database, show: OnCopy): Promise<void> {
  await search.clear(to);
  const total = await to.paper.count();
  let done = 0;
  for (let after = 0; ; ) {
    const papers = await to.paper.findMany({
      where: { key: { gt: after } },
      include: withParts,
      orderBy: { key: "asc" },
      take: papersAtOnce,
    });
    if (papers.length === 0) return;
    show("search index", done, total);
    const terms = papers.map((row) => ({
      orderKey: Number(row.orderKey),
      terms: toTerms(toSearchable(toRecord(row))),
    }));
    await search.write(to, terms);
    done += papers.length;
    after = papers.at(-1)?.key ?? after;
  }
}

async function compare(from: Database, to: Database, tables: Table[], show: OnCopy): Promise<Copied> {
  const parts: { what: string; sumUp: (db: Database) => Promise<Sum> }[] = [
    ...tables.map((table) => ({ what: table.name, sumUp: (db: Database) => sumUpRows(db, table) })),
    ...rooms.map((room) => ({ what: whatOf(room), sumUp: (db: Database) => sumUpFiles(db, room) })),
  ];
  const copied: Copied = [];
  for (const { what, sumUp } of parts) {
    show(`comparing ${what}`, copied.length, parts.length);
    const [original, copy] = await Promise.all([sumUp(from), sumUp(to)]);
    if (original.checksum !== copy.checksum)
      throw new Error(
        `the copy of ${what} differs (${original.count}, ${copy.count} in the copy): stop what writes to the library, empty the copy and begin again`,
      );
    copied.push({ what, ...copy });
  }
  return copied;
}

type Sum = { count: number; checksum: string };

/** SHA-256 of all rows of a table, the same on every engine. */
async function sumUpRows(db: Database, table: Table): Promise<Sum> {
  const hash = createHash("sha256");
  let count = 0;
  for await (const batch of read(db, table, null)) {
    count += batch.length;
    for (const row of batch) hash.update(`${JSON.stringify(Object.values(row).map(toComparable))}\n`);
  }
  return { count, checksum: hash.digest("hex") };
}

/** SHA-256 of the names and contents of all files of a room. */
async function sumUpFiles(db: Database, room: Room): Promise<Sum> {
  const files = filesOf(db, room);
  const names = (await files.list()).map(({ name }) => name).sort();
  const hash = createHash("sha256");
  for (const name of names) {
    const content = createHash("sha256").update((await files.read(name)) ?? "");
    hash.update(`${JSON.stringify([name, content.digest("hex")])}\n`);
  }
  return { count: names.length, checksum: hash.digest("hex") };
}

/** PostgreSQL stores U+FFFD for U+0000. */
function toComparable(value: Value): Value | string {
  if (typeof value === "bigint" || typeof value === "boolean") return Number(value);
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  return typeof value === "string" ? value.replaceAll("\0", "\ufffd") : value;
}
