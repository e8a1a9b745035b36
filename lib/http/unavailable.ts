import { databaseProblem } from "../db/problem";
import { setProblem } from "./answer";

/** The text of app/unavailable, for an unknown reason. The front replaces it with a known one. */
export const unknownReason = "The server ran into an error. See its output for details.";

/**
 * Wraps a route that writes. If the library is locked, full, damaged or read-only, the front answers 503 instead, with
 * that reason and when to try again. Other errors are rethrown.
 */
export function writeRoute<Args extends unknown[]>(
  route: (...args: Args) => Promise<Response>,
): (...args: Args) => Promise<Response> {
  return async (...args) => {
    try {
      return await route(...args);
    } catch (error) {
      const problem = databaseProblem(error);
      if (problem === null) throw error;
      setProblem(problem);
      return new Response(null, { status: 503 });
    }
  };
}
