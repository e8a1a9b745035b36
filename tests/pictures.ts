import { crc32, deflateSync } from "node:zlib";
import sharp from "sharp";

export type PictureFormat = "png" | "jpeg" | "webp" | "gif" | "avif";

/** A made-up picture: a blue square on another color, so that each color gives another picture. */
export function makePicture(
  format: PictureFormat = "png",
  { width = 320, height = 200, color = "#e0a030" } = {},
): Promise<Buffer> {
  const square = { create: { width: 20, height: 20, channels: 3 as const, background: "#2040c0" } };
  return sharp({ create: { width, height, channels: 3, background: color } })
    .composite([{ input: square, left: 5, top: 5 }])
    .toFormat(format, format === "avif" ? { effort: 0 } : {})
    .toBuffer();
}

/** A PNG of one color, of any size: a few kilobytes that claim to be, or even are, a gigabyte of pixels. */
export function makeBomb(width: number, height: number, rows = height): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([1, 0], 8); // one bit a pixel, gray
  const lines = deflateSync(Buffer.alloc((Math.ceil(width / 8) + 1) * rows));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const parts = [chunk("IHDR", header), chunk("IDAT", lines), chunk("IEND", Buffer.alloc(0))];
  return Buffer.concat([signature, ...parts]);
}

function chunk(name: string, data: Buffer): Buffer {
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  const named = Buffer.concat([Buffer.from(name), data]);
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}
