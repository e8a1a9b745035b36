import { troubleOf } from "../db/troubles";
import { setTrouble } from "./answer";

/** What app/unavailable says where the reason is not known; where it is, the front puts that in its place. */
export const unknownReason = "The server ran into an error. See its output for details.";

/**
 * A route that writes. Where the library is locked, full, damaged or read-only, the front answers 503 in its place, with
 * that reason and when to try again. Other errors are thrown on.
 */
export function writing<Args extends unknown[]>(
  route: (...args: Args) => Promise<Response>,
): (...args: Args) => Promise<Response> {
  return async (...args) => {
    try {
      return await route(...args);
    } catch (error) {
      const trouble = troubleOf(error);
      if (trouble === null) throw error;
      setTrouble(trouble);
      return new Response(null, { status: 503 });
    }
  };
}
