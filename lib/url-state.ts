import type { z } from "zod";

export type SearchParams = URLSearchParams | Record<string, string | string[] | undefined>;
export type Problem = { field: string; got: string; expected: string };

type Field = { schema: z.ZodType; default: unknown };
type State<F extends Record<string, Field>> = { [K in keyof F]: z.output<F[K]["schema"]> };

/**
 * State that lives in a URL. `parse` never throws: a value that makes no sense becomes the default and
 * is named in `problems`; unknown parameters are passed over. `href` leaves defaults out.
 */
export function defineUrlState<F extends Record<string, Field>>(fields: F) {
  const names = Object.keys(fields) as (keyof F & string)[];
  // Holds because every field's default is one of its schema's values.
  const defaults = Object.fromEntries(names.map((n) => [n, fields[n]?.default])) as State<F>;

  function parse(params: SearchParams): { state: State<F>; problems: Problem[] } {
    const state = { ...defaults };
    const problems: Problem[] = [];
    for (const name of names) {
      const raw =
        params instanceof URLSearchParams
          ? params.get(name)
          : Object.hasOwn(params, name)
            ? params[name]
            : undefined;
      const text = Array.isArray(raw) ? raw[0] : raw;
      if (text === undefined || text === null || text === "") continue;
      const result = fields[name]?.schema.safeParse(text);
      if (result?.success) state[name] = result.data as State<F>[typeof name];
      else problems.push({ field: name, got: text, expected: result?.error.issues[0]?.message ?? "" });
    }
    return { state, problems };
  }

  function href(path: string, state: Partial<State<F>>): string {
    const params = new URLSearchParams();
    for (const name of names) {
      const value = state[name];
      if (value !== undefined && value !== null && value !== defaults[name]) params.set(name, String(value));
    }
    const query = params.toString();
    return query ? `${path}?${query}` : path;
  }

  return { parse, href, defaults };
}
