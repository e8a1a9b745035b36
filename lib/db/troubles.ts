const troubles: [RegExp, string][] = [
  [/database or disk is full/, "the disk is full; what was saved before stays. Make room and try again"],
  [/disk I\/O error/, "the disk is full or fails, or a file would grow larger than it may (ulimit -f)"],
  [
    /readonly database|read-only/,
    "it may only be read; who runs this needs the right to write it and its folder",
  ],
  [
    /unable to open database file/,
    "it cannot be opened; who runs this needs the right to read and write it and its folder, and a disk that can be written",
  ],
  [
    /disk image is malformed|file is not a database/,
    "it is damaged; a backup is brought back by npm run restore -- FILE",
  ],
  [
    /database is locked|SocketTimeout|Operation has timed out/,
    "another program is writing to it; try again when that is done",
  ],
];

/** What is wrong with the library where an error of the database says so, in words and with what to do; else null. */
export function troubleOf(error: unknown): string | null {
  const said = error instanceof Error ? error.message : String(error);
  return troubles.find(([form]) => form.test(said))?.[1] ?? null;
}
