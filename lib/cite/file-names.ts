import { crc32 } from "node:zlib";
import { oneLine } from "./cite-item";

const maxBytes = 120;
// Names that Windows reserves for devices, with any extension.
const devices = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/**
 * Gives each paper a file name that no other one has, in file systems that ignore case or normalize letters as well. Drops
 * characters that Windows, macOS or Obsidian's links do not allow. At most 120 bytes with its extension.
 */
export class FileNames {
  // Checksums, because the names of 100,000 papers would take 20 MB. If two names share one, the second gets its id.
  readonly #taken = new Set<number>();

  constructor(readonly extension: string) {}

  /** The title, followed by the id if another paper has that name. */
  nameOf(title: string, id: string): string {
    const bare = toFileName(title) || "Untitled";
    const suffix = ` (${toFileName(id.replaceAll("/", "-"))})`;
    let name = cut(bare, maxBytes - this.extension.length - 1);
    for (let count = 1; this.#taken.has(keyOf(name)); count++) {
      const end = count === 1 ? suffix : `${suffix} ${count}`;
      name = cut(bare, maxBytes - this.extension.length - 1 - Buffer.byteLength(end)) + end;
    }
    this.#taken.add(keyOf(name));
    return `${name}.${this.extension}`;
  }
}

function toFileName(text: string): string {
  const name = oneLine(text.replace(/[\\/:*?"<>|#^[\]]/g, " "))
    .normalize("NFC")
    .replace(/^[. ]+/, "");
  return trimEnd(devices.test(name) ? `_${name}` : name);
}

/** As many whole characters as fit. */
function cut(text: string, bytes: number): string {
  let size = 0;
  let end = 0;
  for (const one of text) {
    size += Buffer.byteLength(one);
    if (size > bytes) return trimEnd(text.slice(0, end));
    end += one.length;
  }
  return text;
}

// Windows drops dots and spaces at the end of a name.
function trimEnd(name: string): string {
  return name.replace(/[. ]+$/, "");
}

function keyOf(name: string): number {
  return crc32(name.normalize("NFKC").toLowerCase()) >>> 1; // 31 bits, which V8 stores without an object
}
