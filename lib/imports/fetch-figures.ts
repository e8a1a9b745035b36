import type { Database } from "../db/client";
import { rows } from "../db/rows";
import { encodePicture, PictureError } from "../media/encode";
import { listPictures, type MediaStore, removePicture, storePicture } from "../media/store";
import { FetchError, type FileRequest, type Network, RefusedAddressError } from "../net/fetch";
import { hideSecrets } from "../printable";

/** What happens while pictures are fetched. */
export type OnFigures = {
  progress: (done: number, total: number) => void;
  /** A picture that can never be shown, by its paper's id. */
  skipped: (paper: string, why: string) => void;
  /** A picture, by its paper's id, or all those of a host, to be fetched by the next import. */
  postponed: (name: string, why: string) => void;
};

type Access = { network: Network; store: MediaStore };

const pictureRequest: FileRequest = {
  what: "a picture",
  accept: "image/webp, image/png, image/jpeg, image/gif, image/avif",
  // Others are found out by their content.
  acceptsType: (type) => /^(image\/(?!svg)|application\/octet-stream|binary\/|$)/i.test(type.trim()),
  maxBytes: 10 * 2 ** 20,
};

// At one request a second, an import ends within minutes even if years of pictures are missing. Later imports fetch the rest.
const maxPerImport = 300;
// Room for one more picture. The largest have half a megabyte.
const roomBytes = 2 ** 19;
// A picture that another process began to fetch is left to it for so long: a turn at its host, and two attempts.
const holdMs = 180_000;
// Files without a row may be of a process that is about to write it.
const orphanMs = 3_600_000;
const maxFailuresInARow = 3;
// Pages show new pictures once the revision moves, which makes the server render them again.
const showEvery = 20;

/**
 * Fetches the pictures that papers still lack, newest papers first, and stores them in two sizes within the store's
 * limit. Pictures of the oldest papers make room for newer ones. What fails for good is noted and never asked for again;
 * a host that does not answer is left alone until the next import.
 */
export async function fetchFigures(
  db: Database,
  { network, store }: Access,
  on: OnFigures,
  now: () => Date = () => new Date(),
): Promise<{ fetched: number; left: number }> {
  if (store.maxBytes === 0) return { fetched: 0, left: 0 };
  const shelf = await openShelf(db, store, now());
  const wanted = (await findWanted(db, now())).filter(({ orderKey }) => shelf.hasRoomFor(orderKey));
  const failures = new Map<string, number>(); // by host, in a row
  let [done, fetched] = [0, 0];
  const total = Math.min(wanted.length, maxPerImport);
  for (const figure of wanted) {
    if (done === total) break;
    const { host } = new URL(figure.url);
    if ((failures.get(host) ?? 0) >= maxFailuresInARow || !shelf.hasRoomFor(figure.orderKey)) continue;
    on.progress(done, total);
    if (!(await claim(db, figure, now()))) continue;
    done++;
    try {
      const picture = await encodePicture(await network.download(figure.url, pictureRequest));
      const bytes = await storePicture(store, picture);
      const { hash, width, height } = picture;
      await db.figure.updateMany({ where: keyOf(figure), data: { hash, width, height } });
      failures.delete(host);
      fetched++;
      await shelf.add(hash, bytes, figure.orderKey);
      if (fetched % showEvery === 0) await showChanges(db);
    } catch (error) {
      const why = error instanceof Error ? hideSecrets(error.message) : String(error);
      if (isFinal(error)) {
        failures.delete(host);
        await db.figure.updateMany({ where: keyOf(figure), data: { note: why } });
        on.skipped(figure.paper.id, why);
      } else if (!(error instanceof FetchError)) throw error;
      else {
        const count = isAboutHost(error) ? maxFailuresInARow : (failures.get(host) ?? 0) + 1;
        failures.set(host, count);
        const released = new Date(now().getTime() - holdMs - 1);
        await db.figure.updateMany({ where: keyOf(figure), data: { triedAt: released } });
        on.postponed(count >= maxFailuresInARow ? host : figure.paper.id, why);
      }
    }
  }
  if (fetched % showEvery > 0 || shelf.changed) await showChanges(db);
  return { fetched, left: wanted.length - done };
}

/** Whether papers have pictures that no process tried to fetch: after the first import, or after an update. */
export async function lacksPictures(db: Database): Promise<boolean> {
  return (await db.figure.count({ where: { hash: null, note: null, triedAt: null } })) > 0;
}

/** Whether the same request would always fail. */
function isFinal(error: unknown): boolean {
  if (error instanceof PictureError || error instanceof RefusedAddressError) return true;
  if (!(error instanceof FetchError) || error.status === null) return false;
  return error.status < 500 && ![408, 425, 429].includes(error.status);
}

/** Whether the next request to the host would fail too: it does not answer, or asks to wait. */
function isAboutHost({ status, retryAfter }: FetchError): boolean {
  return status === null || status === 429 || retryAfter !== null;
}

type Wanted = Awaited<ReturnType<typeof findWanted>>[number];

const keyOf = ({ paperKey, url }: Wanted) => ({ paperKey, url });

/** The figures to fetch: those never tried first, then newest papers first. */
async function findWanted(db: Database, now: Date) {
  const found = await db.figure.findMany({
    where: {
      hash: null,
      note: null,
      OR: [{ triedAt: null }, { triedAt: { lt: new Date(now.getTime() - holdMs) } }],
    },
    select: {
      paperKey: true,
      url: true,
      triedAt: true,
      paper: { select: { id: true, orderKey: true } },
    },
    orderBy: [
      { triedAt: { sort: "asc", nulls: "first" } },
      { paper: { orderKey: "desc" } },
      { place: "asc" },
    ],
  });
  return found.map((figure) => ({ ...figure, orderKey: Number(figure.paper.orderKey) }));
}

/** False if another process got ahead. */
async function claim(db: Database, { paperKey, url, triedAt }: Wanted, now: Date): Promise<boolean> {
  const where = { paperKey, url, triedAt, hash: null, note: null };
  return (await db.figure.updateMany({ where, data: { triedAt: now } })).count > 0;
}

async function showChanges(db: Database): Promise<void> {
  await db.revision.update({ where: { id: 1 }, data: { number: { increment: 1 } } });
}

/**
 * The stored pictures, by age. First, files and rows are made to agree: a row whose files are gone (a deleted folder, a
 * restored backup) is to be fetched again, and files without a row are deleted.
 */
async function openShelf(db: Database, store: MediaStore, now: Date) {
  // Rows before files: a row that another process writes in between would look as if its files were gone.
  const named = await db.$queryRaw<{ hash: string; orderKey: bigint }[]>`
    SELECT f.hash, max(p."orderKey") AS "orderKey" FROM "Figure" f JOIN "Paper" p ON p.key = f."paperKey"
    WHERE f.hash IS NOT NULL GROUP BY f.hash`;
  const stored = await listPictures(store);
  const lost = named.filter(({ hash }) => !stored.get(hash)?.isWhole);
  await clear(
    db,
    lost.map(({ hash }) => hash),
  );
  const shown = new Map(named.map(({ hash, orderKey }) => [hash, Number(orderKey)]));
  for (const { hash } of lost) shown.delete(hash);
  const pictures: { hash: string; bytes: number; orderKey: number }[] = [];
  for (const [hash, { bytes, writtenAt }] of stored) {
    const orderKey = shown.get(hash);
    if (orderKey !== undefined) pictures.push({ hash, bytes, orderKey });
    else if (writtenAt < now.getTime() - orphanMs) await removePicture(store, hash);
  }
  let total = pictures.reduce((sum, { bytes }) => sum + bytes, 0);

  const shelf = {
    /** Whether rows have lost their pictures. */
    changed: lost.length > 0,
    /** Whether a picture of this age would stay. */
    hasRoomFor: (orderKey: number) =>
      total + roomBytes <= store.maxBytes || pictures.some((picture) => picture.orderKey < orderKey),
    async add(hash: string, bytes: number, orderKey: number) {
      const known = pictures.find((picture) => picture.hash === hash);
      if (known) known.orderKey = Math.max(known.orderKey, orderKey);
      else {
        pictures.push({ hash, bytes, orderKey });
        total += bytes;
      }
      await shelf.trim();
    },
    /** Removes the pictures of the oldest papers until the rest fit. */
    async trim() {
      if (total <= store.maxBytes) return;
      pictures.sort((a, b) => b.orderKey - a.orderKey);
      while (total > store.maxBytes) {
        const oldest = pictures.pop();
        if (!oldest) return;
        total -= oldest.bytes;
        await clear(db, [oldest.hash]);
        await removePicture(store, oldest.hash);
        shelf.changed = true;
      }
    },
  };
  await shelf.trim();
  return shelf;
}

/** Takes pictures from their papers. A later import may fetch them again. */
async function clear(db: Database, hashes: string[]): Promise<void> {
  if (hashes.length === 0) return;
  const gone = rows(
    db,
    hashes.map((hash) => ({ hash })),
    { hash: "text" },
  );
  await db.$executeRaw`UPDATE "Figure" SET hash = NULL, width = NULL, height = NULL, "triedAt" = NULL
    WHERE hash IN (SELECT gone.hash FROM ${gone} AS gone)`;
}
