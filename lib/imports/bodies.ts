import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream";
import { promisify } from "node:util";
import { createGunzip, gunzip, gzip } from "node:zlib";
import { z } from "zod";
import { partOf, removeLeftovers } from "../leftovers";
import type { ListingHead } from "../listings/listing";
import { kinds } from "../listings/listing";
import { systemProblem } from "../system-problem";

/** Where listing files are stored, and their maximum size in bytes; 0 stores none. */
export type BodyStore = { folder: string; maxBytes: number };

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
export type StoredBody = { file: string; bytes: number; info: BodyInfo; body: string };

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
  if (store.maxBytes === 0) return;
  const folder = path.join(store.folder, head?.period ?? info.today);
  await mkdir(folder, { recursive: true });
  const label = head ? `${head.kind}-${head.format}` : "unread";
  const list = `${label}-${shortSum(info.url ?? path.basename(info.source))}`;
  const name = (which: "first" | "last") => `${list}-${which}-${shortSum(body)}.gz`;
  const existing = (await readdir(folder)).filter(
    (file) => file.startsWith(`${list}-`) && file.endsWith(".gz"),
  );
  if (existing.includes(name("first")) || existing.includes(name("last"))) return;
  const isFirst = !existing.some((file) => file.startsWith(`${list}-first-`));
  const file = path.join(folder, name(isFirst ? "first" : "last"));
  const bytes = await pack(`${JSON.stringify(info)}\n${body}`);
  const part = partOf(file);
  removeLeftovers(folder);
  try {
    await writeFile(part, bytes);
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
  for (const old of existing)
    if (!isFirst && old.startsWith(`${list}-last-`)) await rm(path.join(folder, old), { force: true });
  await enforceLimit(store, bytes.length);
}

/** Size in bytes and number of the stored files. */
export async function measureBodies(store: BodyStore): Promise<{ bytes: number; files: number }> {
  const files = await listBodies(store);
  return { bytes: files.reduce((sum, file) => sum + file.bytes, 0), files: files.length };
}

/** Every stored body, in the order of import. Unreadable files come first, as Errors of one line. */
export async function* readBodies(store: BodyStore): AsyncIterable<StoredBody | Error> {
  const readable: { file: string; at: number }[] = [];
  for (const { file } of await listBodies(store)) {
    const opened = await openBodyFile(file);
    if (opened instanceof Error) yield opened;
    else readable.push({ file, at: opened.info.at.getTime() });
  }
  readable.sort((a, b) => a.at - b.at || a.file.localeCompare(b.file));
  for (const { file } of readable) yield await openBodyFile(file);
}

/**
 * The files whose body `matches` accepts, without damaged ones. Only the first line of each is decompressed, unless
 * `matches` asks for the body.
 */
export async function findBodies(
  store: BodyStore,
  matches: (info: BodyInfo, readBody: () => Promise<string | null>) => boolean | Promise<boolean>,
): Promise<string[]> {
  const found: string[] = [];
  for (const { file } of await listBodies(store)) {
    const info = await readInfo(file);
    const readBody = async () => {
      const stored = await openBodyFile(file);
      return stored instanceof Error ? null : stored.body;
    };
    if (info && (await matches(info, readBody))) found.push(file);
  }
  return found;
}

/** What a file says about its body. Null if it is damaged or something else. */
async function readInfo(file: string): Promise<BodyInfo | null> {
  let line = "";
  try {
    for await (const chunk of pipeline(createReadStream(file), createGunzip(), () => {}).setEncoding(
      "utf8",
    )) {
      line += chunk;
      if (line.includes("\n")) break; // leaving the loop ends both streams
    }
    return bodyInfoSchema.parse(JSON.parse(line.slice(0, line.indexOf("\n"))));
  } catch (error) {
    const isZlib = error instanceof Error && "code" in error && String(error.code).startsWith("Z_");
    const isOther = error instanceof SyntaxError || error instanceof z.ZodError;
    if (isOther || isZlib || systemProblem(error) !== null) return null;
    throw error;
  }
}

/** Removes stored bodies. If one was the first of its list, the latest becomes the first. */
export async function deleteBodies(store: BodyStore, files: string[]): Promise<void> {
  for (const file of files) {
    await rm(file, { force: true });
    const [list, ofFirst] = path.basename(file).split("-first-");
    if (ofFirst === undefined) continue;
    const folder = path.dirname(file);
    for (const name of await readdir(folder)) {
      if (!name.startsWith(`${list}-last-`) || files.includes(path.join(folder, name))) continue;
      await rename(path.join(folder, name), path.join(folder, name.replace("-last-", "-first-")));
    }
  }
  knownSizes.delete(store.folder);
}

async function openBodyFile(file: string): Promise<StoredBody | Error> {
  try {
    const packed = await readFile(file);
    const text = (await unpack(packed)).toString("utf8");
    const end = text.indexOf("\n");
    const info = bodyInfoSchema.parse(JSON.parse(text.slice(0, end)));
    return { file, bytes: packed.length, info, body: text.slice(end + 1) };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError)
      return new Error(`${file}: expected a stored listing file, got another file`);
    const why = systemProblem(error) ?? `got a damaged file (${(error as Error).message})`; // errors of zlib
    return new Error(`${file}: expected a stored listing file, ${why}`);
  }
}

async function listBodies({
  folder,
}: BodyStore): Promise<{ file: string; bytes: number; writtenAt: number }[]> {
  if (!existsSync(folder)) return [];
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = found
    .filter((entry) => entry.isFile() && entry.name.endsWith(".gz"))
    .map((entry) => path.join(entry.parentPath, entry.name));
  return Promise.all(
    files.map(async (file) => {
      const { size, mtimeMs } = await stat(file);
      return { file, bytes: size, writtenAt: mtimeMs };
    }),
  );
}

// The size of a folder, as far as this process knows it. Adding up years of files for each new one would be slow.
const knownSizes = new Map<string, number>();

/**
 * Deletes the oldest files if there are too many. The library already has their content; they can just no longer be
 * imported again with a better parser.
 */
async function enforceLimit(store: BodyStore, added: number): Promise<void> {
  const known = knownSizes.get(store.folder);
  const now = known === undefined ? (await measureBodies(store)).bytes : known + added;
  knownSizes.set(store.folder, now);
  if (now > store.maxBytes) knownSizes.set(store.folder, await deleteOldest(store));
}

/** Returns the size of the remaining files. */
async function deleteOldest(store: BodyStore): Promise<number> {
  const files = (await listBodies(store)).sort((a, b) => a.writtenAt - b.writtenAt);
  let bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  for (const file of files) {
    if (bytes <= store.maxBytes) break;
    await rm(file.file, { force: true });
    bytes -= file.bytes;
  }
  return bytes;
}

function shortSum(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 8);
}
