import { createHash } from "node:crypto";

/** A picture in the two sizes that pages show. `width` and `height` are those of the large one. */
export type EncodedPicture = { hash: string; width: number; height: number; small: Buffer; large: Buffer };

/** Why bytes are not a picture that can be shown. */
export class PictureError extends Error {}

// A card shows 112 × 76 CSS pixels; this is twice that.
const smallSize = { width: 224, height: 152 };
const largeSize = { width: 1600, height: 1200 };
const webp = { quality: 82, smartSubsample: true };

const megapixel = 1_000_000;
// Decoding takes at most 250 MB (README.md). libheif, for AVIF, keeps whole copies of a picture.
const maxPixels = 40 * megapixel;
const maxHeifPixels = 12 * megapixel;
// Less is a tracking pixel or an icon.
const minSide = 32;
const maxSeconds = 30;

const loaders = ["Png", "Jpeg", "Webp", "Nsgif", "Heif"];

/** Loaded on first use, because it takes 30 MB, and most imports have no new pictures. */
async function openSharp() {
  const { default: sharp } = await import("sharp");
  // libvips must not even try another format: SVG can refer to files, and PDF and TIFF are rarely pictures.
  sharp.block({ operation: ["VipsForeignLoad"] });
  sharp.unblock({ operation: loaders.map((format) => `VipsForeignLoad${format}`) });
  sharp.concurrency(1); // the server needs the other processors
  sharp.cache(false);
  return sharp;
}

let opened: ReturnType<typeof openSharp> | undefined;

/**
 * Decodes a picture and encodes it again as WebP, once cropped for a card and once for the paper's page, without
 * metadata and on white. Of an animation, it takes the first frame. Throws a PictureError of one line for anything else.
 */
export async function encodePicture(bytes: Buffer): Promise<EncodedPicture> {
  if (bytes.length === 0) throw new PictureError("expected a picture, got an empty file");
  opened ??= openSharp();
  const sharp = await opened;
  const input = sharp(bytes, { limitInputPixels: maxPixels, failOn: "error", autoOrient: true });
  const { format, width, height } = await input.metadata().catch((error: Error) => {
    throw explain(error, bytes);
  });
  const limit = format === "heif" ? maxHeifPixels : maxPixels;
  if (width * height > limit) throw tooManyPixels(limit, `${width} × ${height}`);
  if (Math.min(width, height) < minSide)
    throw new PictureError(`expected at least ${minSide} pixels a side, got ${width} × ${height}`);

  // Decoded once, to the pixels of the large size.
  const { data, info } = await input
    .resize({ ...largeSize, fit: "inside", withoutEnlargement: true })
    .flatten({ background: "#fff" }) // black lines on nothing could not be seen on a dark page
    .toColourspace("srgb")
    .raw()
    .timeout({ seconds: maxSeconds })
    .toBuffer({ resolveWithObject: true })
    .catch((error: Error) => {
      throw explain(error, bytes);
    });
  const raw = { width: info.width, height: info.height, channels: info.channels };
  const large = await sharp(data, { raw }).webp(webp).toBuffer();
  const small = await sharp(data, { raw })
    .resize({ ...smallSize, fit: "cover", withoutEnlargement: true })
    .webp(webp)
    .toBuffer();
  const hash = createHash("sha256").update(large).update(small).digest("hex").slice(0, 32);
  return { hash, width: info.width, height: info.height, small, large };
}

function tooManyPixels(limit: number, got: string): PictureError {
  return new PictureError(`expected at most ${limit / megapixel} megapixels, got ${got}`);
}

function explain(error: Error, bytes: Buffer): PictureError {
  if (/unsupported image format/.test(error.message)) {
    const start = bytes
      .subarray(0, 40)
      .toString("latin1")
      .replace(/[^\x20-\x7e]+/g, "·");
    return new PictureError(`expected PNG, JPEG, WebP, GIF or AVIF, got other bytes ("${start}")`);
  }
  if (/exceeds pixel limit/.test(error.message)) return tooManyPixels(maxPixels, "more");
  const [why = ""] = error.message.split("\n");
  return new PictureError(`expected an intact picture, got a damaged one (${why.slice(0, 200)})`);
}
