const problems: [RegExp, string][] = [
  [
    /database or disk is full/,
    "the disk is full. Nothing already saved was lost; free some space and try again",
  ],
  [/disk I\/O error/, "the disk is full or failing, or a file reached its size limit (ulimit -f)"],
  [
    /readonly database|read-only/,
    "it is read-only; whoever runs Broadsheet needs write permission for it and its folder",
  ],
  [
    /unable to open database file/,
    "it could not be opened; whoever runs Broadsheet needs read and write permission for it and its folder, on a writable disk",
  ],
  [
    /disk image is malformed|file is not a database/,
    "it is damaged; restore a backup with npm run restore -- FILE",
  ],
  [
    /database is locked|SocketTimeout|Operation has timed out/,
    "another program is writing to it; try again in a moment",
  ],
];

/** What is wrong with the library and what to do about it, or null if the error is not the database's. */
export function sqliteProblem(error: unknown): string | null {
  const message = error instanceof Error ? error.message : String(error);
  return problems.find(([form]) => form.test(message))?.[1] ?? null;
}

// P1008 is Prisma's code for SQLITE_BUSY.
export function isSqliteBusy(error: unknown): boolean {
  return (
    error instanceof Error &&
    error.name === "PrismaClientKnownRequestError" &&
    (("code" in error && error.code === "P1008") || /SQLITE_BUSY|database is locked/.test(error.message))
  );
}
