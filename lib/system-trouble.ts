const troubles: Record<string, string> = {
  ENOENT: "expected a file or a folder, there is none of this name",
  EACCES: "no permission",
  EPERM: "no permission",
  EROFS: "no permission, its disk may only be read",
  EISDIR: "expected a file, this is a folder",
  ENOTDIR: "expected a folder on the way to it, there is a file",
  ELOOP: "expected a file, this is a link that leads back to itself",
  ENXIO: "expected a file, this is a socket",
  ENAMETOOLONG: "its name is too long",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk is full, or your share of it is",
  EFBIG: "it would grow larger than a file may (ulimit -f)",
  EIO: "the disk fails",
  EMFILE: "too many files are open",
};

/** What is wrong where an error is the system's, in words; else null. */
export function systemTroubleOf(error: unknown): string | null {
  const code = error instanceof Error && "code" in error ? error.code : null;
  return typeof code === "string" ? (troubles[code] ?? null) : null;
}
