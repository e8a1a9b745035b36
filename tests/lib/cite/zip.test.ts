import { strFromU8, unzipSync } from "fflate";
import { expect, test } from "vitest";
import { writeZip, type ZipFile } from "@/lib/cite/zip";
import { stream } from "./items";

const at = new Date("2026-11-30T12:34:56Z");

async function zip(files: AsyncIterable<ZipFile>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of writeZip(files, at)) parts.push(part);
  return Buffer.concat(parts);
}

test("fflate reads back the names and texts, in their order", async () => {
  const files = ["Tea 茶.md", "b.md", "a.md"].map((name) => ({ name, text: `${name} `.repeat(50) }));
  const read = Object.entries(unzipSync(await zip(stream([...files, { name: "empty", text: "" }]))));
  expect(read.map(([name, bytes]) => ({ name, text: strFromU8(bytes) }))).toEqual([
    ...files,
    { name: "empty", text: "" },
  ]);
});

test("an archive with more files than the old format can count has their number in the ZIP64 record", async () => {
  async function* many() {
    for (let count = 0; count < 66_000; count++) yield { name: `${count}`, text: "" };
  }
  const body = await zip(many());
  const end = body.subarray(-98);
  expect([end.toString("latin1", 0, 4), end.readBigUInt64LE(32)]).toEqual(["PK\x06\x06", 66_000n]);
  expect([end.toString("latin1", 56, 60), end.readBigUInt64LE(64)]).toEqual([
    "PK\x06\x07",
    BigInt(body.length - 98),
  ]);
  expect([end.toString("latin1", 76, 80), end.readUInt16LE(86)]).toEqual(["PK\x05\x06", 0xffff]);
  expect(Object.keys(unzipSync(body))).toHaveLength(66_000);
});
