import { readdirSync, rmSync } from "node:fs";
import path from "node:path";

/**
 * A temporary name for a file until it is complete. The name includes the process id, so that what a killed process
 * leaves can be removed.
 */
export function partOf(file: string): string {
  return `${file}.${process.pid}.broadsheet-part`;
}

/** Removes temporary files of processes that no longer exist from a folder. */
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
    if ((error as NodeJS.ErrnoException).code === "EACCES") return []; // a folder that can be written but not listed
    throw error;
  }
}

/** Whether a process of any user exists. */
export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH"; // the process belongs to another user, but exists
  }
}
