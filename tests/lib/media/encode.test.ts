import sharp from "sharp";
import { expect, test } from "vitest";
import { encodePicture, PictureError } from "@/lib/media/encode";
import { makeBomb, makePicture, type PictureFormat } from "@/tests/pictures";

const sizeOf = async (bytes: Buffer) => {
  const { format, width, height, exif, icc, hasAlpha } = await sharp(bytes).metadata();
  return { format, width, height, exif, icc, hasAlpha };
};
const bare = { format: "webp", exif: undefined, icc: undefined, hasAlpha: false };

test.each<PictureFormat>(["png", "jpeg", "webp", "gif", "avif"])(
  "a %s becomes two WebP files without metadata",
  async (format) => {
    const picture = await encodePicture(await makePicture(format, { width: 2400, height: 1000 }));
    expect(picture).toMatchObject({
      width: 1600,
      height: 667,
      hash: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    expect(await sizeOf(picture.large)).toEqual({ ...bare, width: 1600, height: 667 });
    expect(await sizeOf(picture.small)).toEqual({ ...bare, width: 224, height: 152 });
  },
);

test("a small picture is not enlarged", async () => {
  const picture = await encodePicture(await makePicture("png", { width: 100, height: 50 }));
  expect(await sizeOf(picture.large)).toMatchObject({ width: 100, height: 50 });
  const small = await sizeOf(picture.small);
  expect(small.width).toBeLessThanOrEqual(100);
  expect(small.height).toBeLessThanOrEqual(50);
});

test("the same picture has the same hash, another one another", async () => {
  const hashOf = async (color: string) => (await encodePicture(await makePicture("png", { color }))).hash;
  expect(await hashOf("#112233")).toBe(await hashOf("#112233"));
  expect(await hashOf("#112233")).not.toBe(await hashOf("#332211"));
});

test("what is transparent becomes white", async () => {
  const clear = { r: 0, g: 0, b: 0, alpha: 0 };
  const png = await sharp({ create: { width: 64, height: 64, channels: 4, background: clear } })
    .png()
    .toBuffer();
  const { large } = await encodePicture(png);
  expect([...(await sharp(large).raw().toBuffer()).subarray(0, 3)]).toEqual([255, 255, 255]);
});

test("a photo is turned as its camera was held, and its place and camera are removed", async () => {
  const exif = { IFD0: { Make: "Lantern 3" }, IFD3: { GPSLatitude: "51/1 30/1 0/1" } };
  const jpeg = await sharp(await makePicture("jpeg", { width: 400, height: 100 }))
    .withExif(exif)
    .withMetadata({ orientation: 6 })
    .toBuffer();
  expect((await sharp(jpeg).metadata()).exif).toBeDefined();
  const picture = await encodePicture(jpeg);
  expect(picture).toMatchObject({ width: 100, height: 400 });
  expect((await sizeOf(picture.large)).exif).toBeUndefined();
});

test("of an animation, the first frame is taken", async () => {
  const frames = [
    await makePicture("png", { color: "#ff0000" }),
    await makePicture("png", { color: "#00ff00" }),
  ];
  const gif = await sharp(frames, { join: { animated: true } })
    .gif()
    .toBuffer();
  expect((await sharp(gif).metadata()).pages).toBe(2);
  const { large, width, height } = await encodePicture(gif);
  expect([width, height]).toEqual([320, 200]);
  const [red = 0, green = 0] = await sharp(large)
    .extract({ left: 200, top: 150, width: 1, height: 1 })
    .raw()
    .toBuffer();
  expect(red).toBeGreaterThan(green);
});

const damaged = (bytes: Buffer) => {
  const copy = Buffer.from(bytes);
  copy.fill(0x5a, copy.length / 2);
  return copy;
};

test.each<[string, () => Buffer | Promise<Buffer>, RegExp]>([
  [
    "an SVG",
    () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
    /^expected PNG, JPEG.*got other bytes \("<svg xmlns/,
  ],
  [
    "an SVG after a comment",
    () => Buffer.from('<?xml version="1.0"?><!-- x --><svg width="64" height="64"/>'),
    /^expected PNG/,
  ],
  ["a PDF", () => Buffer.from("%PDF-1.7\n1 0 obj"), /^expected PNG, JPEG.*"%PDF-1.7/],
  ["a video", () => Buffer.from("\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41", "latin1"), /^expected PNG/],
  [
    "a TIFF",
    async () =>
      sharp(await makePicture())
        .tiff()
        .toBuffer(),
    /^expected PNG/,
  ],
  [
    "a page of HTML",
    () => Buffer.from("<!doctype html><title>\u001b[2JGone</title>"),
    /^expected PNG, .*Gone/,
  ],
  ["nothing", () => Buffer.alloc(0), /./],
  [
    "a truncated PNG",
    async () => (await makePicture("png", { width: 900, height: 900 })).subarray(0, 900),
    /^expected an intact picture, got a damaged one/,
  ],
  [
    "a truncated JPEG",
    async () => (await makePicture("jpeg")).subarray(0, -200),
    /^expected an intact picture/,
  ],
  ["a damaged WebP", async () => damaged(await makePicture("webp")), /^expected an intact picture/],
  ["a damaged GIF", async () => (await makePicture("gif")).subarray(0, 60), /^expected an intact picture/],
  [
    "a PNG that says it has 2.5 gigapixels",
    () => makeBomb(50_000, 50_000, 10),
    /^expected at most 40 megapixels, got/,
  ],
  [
    "a small PNG that really has 100 megapixels",
    () => makeBomb(10_000, 10_000),
    /^expected at most 40 megapixels/,
  ],
  [
    "an AVIF of 13 megapixels",
    () => makePicture("avif", { width: 13_000, height: 1000 }),
    /^expected at most 12 megapixels, got 13000 × 1000$/,
  ],
  [
    "a PNG one pixel high",
    () => makePicture("png", { width: 300, height: 26 }),
    /^expected at least 32 pixels a side, got 300 × 26$/,
  ],
])("%s is refused with one line", async (_, make, why) => {
  const bytes = await make();
  const before = process.memoryUsage().rss;
  const error = await encodePicture(bytes).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(PictureError);
  expect((error as Error).message).toMatch(why);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be in it
  expect((error as Error).message).not.toMatch(/[\u0000-\u001f]/);
  expect(process.memoryUsage().rss - before).toBeLessThan(100 * 2 ** 20);
});
