import { systemProblem } from "../system-problem";
import { isPostgresBusy, postgresProblem } from "./postgres/problem";
import { isSqliteBusy, sqliteProblem } from "./sqlite/problem";

/** What is wrong with the library and what to do about it, or null if the error is not the database's. */
export function databaseProblem(error: unknown): string | null {
  return postgresProblem(error) ?? sqliteProblem(error);
}

/** What is wrong, in one line, whoever reported it. */
export function lineOf(error: unknown): string {
  const last = error instanceof Error ? (error.message.trim().split("\n").at(-1) ?? "") : String(error);
  return databaseProblem(error) ?? systemProblem(error) ?? last;
}

/** Whether a write failed only because another process or transaction was in its way. */
export function isBusy(error: unknown): boolean {
  return isPostgresBusy(error) || isSqliteBusy(error);
}
