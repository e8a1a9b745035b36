import { createHash } from "node:crypto";
import path from "node:path";
import { pipeline, Readable } from "node:stream";
import { promisify } from "node:util";
import { createGunzip, gunzip, gzip } from "node:zlib";
import { z } from "zod";
import type { Database } from "../db/client";
import { filesOf } from "../db/engine";
import type { Files, StoredFile } from "../db/files";
import { readEnv } from "../env";
import type { ListingHead } from "../listings/listing";
import { kinds } from "../listings/listing";
import { systemProblem } from "../system-problem";

/** Where listing files are stored, and their maximum size in bytes; 0 stores none. */
export type BodyStore = { files: Files; maxBytes: number };

/** The listing files of a library, as many as KEEP_LISTINGS allows. */
export const openBodies = (db: Database): BodyStore => ({
  files: filesOf(db, "listings"),
  maxBytes: readEnv().keepListings,
});

const bodyInfoSchema = z.object({
  source: z.string(),
  url: z.string().nullable(),
  pageDate: z.string().nullable(),
  kind: z.enum(kinds).nullable(),
  today: z.string(),
  asOf: z.string(),
  at: z.coerce.date(),
  /** The fingerprint of the saved listing, or null if no format recognized it. */
  fingerprint: z.string().nullable(),
});

/** Context that is not in the body itself, so that it can be imported again in the same way. */
export type BodyInfo = z.output<typeof bodyInfoSchema>;
export type StoredBody = { name: string; bytes: number; info: BodyInfo; body: string };

const pack = promisify(gzip);
const unpack = promisify(gunzip);

/**
 * Stores a compressed body in the folder of its day (or week, or month): the first one of a list and the latest. A body
 * that is already stored is not stored twice. `head` is null if no format recognized it.
 */
export async function storeBody(
  store: BodyStore,
  body: string,
  head: ListingHead | null,
  info: BodyInfo,
): Promise<void> {
  const { files, maxBytes } = store;
  if (maxBytes === 0) return;
  const folder = head?.period ?? info.today;
  const label = head ? `${head.kind}-${head.format}` : "unread";
  const list = `${folder}/${label}-${shortSum(info.url ?? path.basename(info.source))}`;
  const name = (which: "first" | "last") => `${list}-${which}-${shortSum(body)}.gz`;
  const existing = (await listBodies(store, folder)).map((file) => file.name);
  if (existing.includes(name("first")) || existing.includes(name("last"))) return;
  const isFirst = !existing.some((file) => file.startsWith(`${list}-first-`));
  const bytes = await pack(`${JSON.stringify(info)}\n${body}`);
  await files.write(name(isFirst ? "first" : "last"), bytes);
  for (const old of existing) if (!isFirst && old.startsWith(`${list}-last-`)) await files.remove(old);
  await enforceLimit(store, bytes.length);
}

/** Size in bytes and number of the stored files. */
export async function measureBodies(store: BodyStore): Promise<{ bytes: number; files: number }> {
  const files = await listBodies(store);
  return { bytes: files.reduce((sum, file) => sum + file.bytes, 0), files: files.length };
}

/** Every stored body, in the order of import. Unreadable files come first, as Errors of one line. */
export async function* readBodies(store: BodyStore): AsyncIterable<StoredBody | Error> {
  const readable: { name: string; at: number }[] = [];
  for (const { name } of await listBodies(store)) {
    const opened = await openBody(store, name);
    if (opened instanceof Error) yield opened;
    else readable.push({ name, at: opened.info.at.getTime() });
  }
  readable.sort((a, b) => a.at - b.at || a.name.localeCompare(b.name));
  for (const { name } of readable) yield await openBody(store, name);
}

/**
 * The names of the files whose body `matches` accepts, without damaged ones. Only the first line of each is decompressed, unless
 * `matches` asks for the body.
 */
export async function findBodies(
  store: BodyStore,
  matches: (info: BodyInfo, readBody: () => Promise<string | null>) => boolean | Promise<boolean>,
): Promise<string[]> {
  const found: string[] = [];
  for (const { name } of await listBodies(store)) {
    const info = await readInfo(store, name);
    const readBody = async () => {
      const stored = await openBody(store, name);
      return stored instanceof Error ? null : stored.body;
    };
    if (info && (await matches(info, readBody))) found.push(name);
  }
  return found;
}

/** What a file says about its body. Null if it is damaged, removed or something else. */
async function readInfo({ files }: BodyStore, name: string): Promise<BodyInfo | null> {
  try {
    return parseInfo(await unpackLine((await files.read(name)) ?? Buffer.alloc(0)));
  } catch (error) {
    if (isUnreadable(error)) return null;
    throw error;
  }
}

const parseInfo = (line: string): BodyInfo => bodyInfoSchema.parse(JSON.parse(line));

/** The first line of a compressed text. */
async function unpackLine(packed: Buffer): Promise<string> {
  let line = "";
  const unpacked = pipeline(Readable.from([packed]), createGunzip(), () => {}).setEncoding("utf8");
  for await (const text of unpacked) {
    line += text;
    if (line.includes("\n")) break; // leaving the loop ends both streams
  }
  return line.slice(0, line.indexOf("\n"));
}

/** Whether a file is damaged or something else, or the system cannot read it. */
function isUnreadable(error: unknown): boolean {
  const isZlib = error instanceof Error && "code" in error && String(error.code).startsWith("Z_");
  return isZlib || isOther(error) || systemProblem(error) !== null;
}

const isOther = (error: unknown) => error instanceof SyntaxError || error instanceof z.ZodError;

/** Removes stored bodies. If one was the first of its list, the latest becomes the first. */
export async function deleteBodies(store: BodyStore, names: string[]): Promise<void> {
  const { files } = store;
  for (const name of names) {
    await files.remove(name);
    const [list, ofFirst] = name.split("-first-");
    if (ofFirst === undefined) continue;
    for (const { name: other } of await listBodies(store, path.dirname(name)))
      if (other.startsWith(`${list}-last-`) && !names.includes(other))
        await files.rename(other, other.replace("-last-", "-first-"));
  }
  knownSizes.delete(files.place);
}

async function openBody({ files }: BodyStore, name: string): Promise<StoredBody | Error> {
  const about = `${files.place}/${name}: expected a stored listing file`;
  try {
    const packed = await files.read(name);
    if (!packed) return new Error(`${about}, but it has been removed`);
    const text = (await unpack(packed)).toString("utf8");
    const end = text.indexOf("\n");
    return { name, bytes: packed.length, info: parseInfo(text.slice(0, end)), body: text.slice(end + 1) };
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    if (isOther(error)) return new Error(`${about}, got another file`);
    return new Error(
      `${about}, ${systemProblem(error) ?? `got a damaged file (${(error as Error).message})`}`,
    );
  }
}

async function listBodies({ files }: BodyStore, folder?: string): Promise<StoredFile[]> {
  return (await files.list(folder)).filter(({ name }) => name.endsWith(".gz"));
}

// The size of all files, as far as this process knows it. Adding up years of files for each new one would be slow.
const knownSizes = new Map<string, number>();

/**
 * Deletes the oldest files if there are too many. The library already has their content; they can just no longer be
 * imported again with a better parser.
 */
async function enforceLimit(store: BodyStore, added: number): Promise<void> {
  const known = knownSizes.get(store.files.place);
  const now = known === undefined ? (await measureBodies(store)).bytes : known + added;
  knownSizes.set(store.files.place, now);
  if (now > store.maxBytes) knownSizes.set(store.files.place, await deleteOldest(store));
}

/** Returns the size of the remaining files. */
async function deleteOldest(store: BodyStore): Promise<number> {
  const files = (await listBodies(store)).sort((a, b) => a.writtenAt - b.writtenAt);
  let bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  for (const file of files) {
    if (bytes <= store.maxBytes) break;
    await store.files.remove(file.name);
    bytes -= file.bytes;
  }
  return bytes;
}

function shortSum(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 8);
}
