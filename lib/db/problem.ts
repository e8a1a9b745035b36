import { isPostgresBusy, postgresProblem } from "./postgres/problem";
import { isSqliteBusy, sqliteProblem } from "./sqlite/problem";

/** What is wrong with the library and what to do about it, or null if the error is not the database's. */
export function databaseProblem(error: unknown): string | null {
  return postgresProblem(error) ?? sqliteProblem(error);
}

/** Whether a write failed only because another process or transaction was in its way. */
export function isBusy(error: unknown): boolean {
  return isPostgresBusy(error) || isSqliteBusy(error);
}
