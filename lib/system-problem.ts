const problems: Record<string, string> = {
  ENOENT: "no such file or folder",
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "permission denied: the disk is read-only",
  EISDIR: "expected a file, got a folder",
  ENOTDIR: "part of the path is a file, not a folder",
  ELOOP: "this link leads back to itself",
  ENXIO: "expected a file, got a socket",
  ENAMETOOLONG: "the name is too long",
  ENOSPC: "the disk is full",
  EDQUOT: "your disk quota is used up",
  EFBIG: "the file reached its size limit (ulimit -f)",
  EIO: "disk error",
  EMFILE: "too many open files",
};

/** A system error in words, or null for any other error. */
export function systemProblem(error: unknown): string | null {
  const code = error instanceof Error && "code" in error ? error.code : null;
  return typeof code === "string" ? (problems[code] ?? null) : null;
}
