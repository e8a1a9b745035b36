import { readdirSync, rmSync } from "node:fs";
import path from "node:path";

/** Where this process writes a file until it is whole. The name says whose it is, so that what a kill leaves can go. */
export function partOf(file: string): string {
  return `${file}.${process.pid}.broadsheet-part`;
}

/** Removes from a folder what processes that are gone have left of theirs. */
export function removeLeftovers(folder: string): void {
  for (const name of listNames(folder)) {
    const [, pid] = /\.(\d+)\.broadsheet-part(?:-wal|-shm|-journal)?$/.exec(name) ?? [];
    if (pid !== undefined && !isRunning(Number(pid))) rmSync(path.join(folder, name), { force: true });
  }
}

function listNames(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EACCES") return []; // one that may be written, but not listed
    throw error;
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH"; // another user's cannot be asked, but is there
  }
}
