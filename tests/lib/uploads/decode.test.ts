import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { decodeUpload, unpackUpload } from "@/lib/uploads/decode";

const text = "@misc{godel, title={Über formal unentscheidbare Sätze – Gödel}}";

test.each([
  ["UTF-8", Buffer.from(text)],
  ["UTF-8 with a byte order mark", Buffer.from(`\ufeff${text}`)],
  ["UTF-16, little-endian", Buffer.from(`\ufeff${text}`, "utf16le")],
  ["UTF-16, big-endian", Buffer.from(`\ufeff${text}`, "utf16le").swap16()],
  ["Windows-1252", Buffer.from(text.replace("–", "\u0096"), "latin1")],
])("%s is decoded", (_, body) => {
  expect(decodeUpload(body)).toBe(text);
});

test("markup names its charset, and a wrong name does not keep it from being read", () => {
  const page = (charset: string) => Buffer.from(`<meta charset="${charset}"><p>Käse</p>`, "latin1");
  for (const charset of ["iso-8859-1", "utf-8", "klingon"])
    expect(decodeUpload(page(charset))).toContain("<p>Käse</p>");
});

test("what is not text is refused, with the first character that no text has", () => {
  const png = Buffer.from("89504e470d0a1a0a0000000d49484452", "hex");
  expect(() => decodeUpload(png)).toThrow("expected text, got U+0000 at character 9");
  expect(() => decodeUpload(Buffer.from("fffe0041fffe00d8", "hex"))).toThrow(/^expected text/);
});

test("gzip is unpacked up to a limit", async () => {
  expect(await unpackUpload(gzipSync(text), 1000)).toEqual(Buffer.from(text));
  expect(await unpackUpload(Buffer.from(text), 1000)).toEqual(Buffer.from(text));
  expect(await unpackUpload(Buffer.from(text), 20)).toBe("size");
  expect(await unpackUpload(gzipSync(Buffer.alloc(100_000_000)), 1000)).toBe("size");
});

test("empty and damaged files are refused", async () => {
  expect(await unpackUpload(Buffer.alloc(0), 1000)).toBe("empty");
  expect(await unpackUpload(gzipSync(""), 1000)).toBe("empty");
  expect(await unpackUpload(gzipSync(text).subarray(0, 40), 1000)).toBe("gzip");
});
