/** A body that can be read from its beginning as often as needed. */
export type Source = {
  /** A file's path, an address, or `-`. */
  name: string;
  url: string | null;
  /** Its bytes, decompressed if they are gzip. */
  open: () => AsyncIterable<Buffer>;
};
