import { crc32, deflateRawSync } from "node:zlib";

export type ZipFile = { name: string; text: string };

const inUtf8 = 0x800;
const deflated = 8;
const version = 45; // 4.5, the first with ZIP64
const maxCount = 0xffff;
const maxOffset = 0xffffffff;
// A window of 4 kB holds most notes. The default takes 272 kB of memory for each text, freed only by the garbage collector.
const small = { windowBits: 12, memLevel: 4, chunkSize: 4096 };

/**
 * Streams a ZIP archive of texts, in their order, all modified at `at` (in UTC). Not by fflate or client-zip: from 65,536
 * files on, their archives give a wrong number of files, because they do not write its ZIP64 record. An archive has at
 * most 4 GB, otherwise this throws.
 */
export async function* writeZip(files: AsyncIterable<ZipFile>, at: Date): AsyncGenerator<Uint8Array> {
  const directory: Buffer[] = [];
  let entries: Buffer[] = [];
  const time = toDosTime(at);
  let offset = 0;
  let count = 0;
  for await (const { name, text } of files) {
    const path = Buffer.from(name);
    const content = Buffer.from(text);
    const body = deflateRawSync(content, small);
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(version, 0);
    facts.writeUInt16LE(inUtf8, 2);
    facts.writeUInt16LE(deflated, 4);
    facts.writeUInt32LE(time, 6);
    facts.writeUInt32LE(crc32(content), 10);
    facts.writeUInt32LE(body.length, 14);
    facts.writeUInt32LE(content.length, 18);
    facts.writeUInt16LE(path.length, 22);
    const entry = Buffer.alloc(46);
    entry.write("PK\x01\x02", "latin1");
    entry.writeUInt16LE(version, 4);
    facts.copy(entry, 6);
    entry.writeUInt32LE(offset, 42);
    entries.push(entry, path);
    if (entries.length === 2000) {
      // 100,000 small buffers would take several times their size.
      directory.push(Buffer.concat(entries));
      entries = [];
    }
    const file = Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), facts, path, body]);
    count++;
    offset += file.length;
    if (offset > maxOffset) throw new Error(`zip: expected at most 4 GB, got more with ${name}`);
    yield file;
  }
  let size = 0;
  for (const part of [...directory, Buffer.concat(entries)]) {
    size += part.length;
    yield part;
  }
  yield toEnd(count, size, offset);
}

/** The end of the central directory: in ZIP64, where that record is, and in the old form. */
function toEnd(count: number, size: number, offset: number): Buffer {
  const end64 = Buffer.alloc(56);
  end64.write("PK\x06\x06", "latin1");
  end64.writeBigUInt64LE(44n, 4);
  end64.writeUInt16LE(version, 12);
  end64.writeUInt16LE(version, 14);
  for (const at of [24, 32]) end64.writeBigUInt64LE(BigInt(count), at);
  end64.writeBigUInt64LE(BigInt(size), 40);
  end64.writeBigUInt64LE(BigInt(offset), 48);
  const locator = Buffer.alloc(20);
  locator.write("PK\x06\x07", "latin1");
  locator.writeBigUInt64LE(BigInt(offset + size), 8);
  locator.writeUInt32LE(1, 16);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  for (const at of [8, 10]) end.writeUInt16LE(Math.min(count, maxCount), at);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return count < maxCount ? end : Buffer.concat([end64, locator, end]);
}

/** MS-DOS time and date: two seconds are the smallest step, 1980 the first year. */
function toDosTime(at: Date): number {
  const date = ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate();
  const time = (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1);
  return date * 0x10000 + time;
}
