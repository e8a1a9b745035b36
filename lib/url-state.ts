import type { z } from "zod";

export type SearchParams = URLSearchParams | Record<string, string | string[] | undefined>;
export type Problem = { field: string; got: string; expected: string };

/** `schema` parses one text. With `many`, the parameter may be repeated, and the value is a list. */
type One = { schema: z.ZodType; default: unknown; many?: undefined };
type Many = { schema: z.ZodType; default: unknown[]; many: number };
type Fields = Record<string, One | Many>;
type Value<F extends One | Many> = F extends Many ? z.output<F["schema"]>[] : z.output<F["schema"]>;
type State<F extends Fields> = { [K in keyof F]: Value<F[K]> };

/**
 * State stored in a URL. `parse` never throws: an invalid value becomes the default and is listed in `problems`;
 * unknown parameters are ignored. `href` omits defaults.
 */
export function defineUrlState<F extends Fields>(fields: F) {
  const names = Object.keys(fields) as (keyof F & string)[];
  // Holds because every field's default is a valid value of its schema.
  const defaults = Object.fromEntries(names.map((n) => [n, fields[n]?.default])) as State<F>;

  function parse(params: SearchParams): { state: State<F>; problems: Problem[] } {
    const state: Record<string, unknown> = { ...defaults };
    const problems: Problem[] = [];
    for (const name of names) {
      const field = fields[name] as One | Many; // a name is a key of fields
      const max = field.many ?? 1;
      const texts = readTexts(params, name);
      const values: unknown[] = [];
      for (const text of texts.slice(0, field.many ? texts.length : 1)) {
        const read = field.schema.safeParse(text);
        if (read.success && values.length < max) {
          if (!values.includes(read.data)) values.push(read.data);
        } else {
          const expected = read.success ? `at most ${max}` : (read.error.issues[0]?.message ?? "");
          problems.push({ field: name, got: text, expected });
        }
      }
      if (values.length > 0) state[name] = field.many ? values : values[0];
    }
    return { state: state as State<F>, problems }; // each value came from its field's schema
  }

  function href(path: string, state: Partial<State<F>>): string {
    const params = new URLSearchParams();
    for (const name of names) {
      const value: unknown = state[name];
      if (value === undefined || value === null || value === defaults[name]) continue;
      for (const one of Array.isArray(value) ? value : [value]) params.append(name, String(one));
    }
    const query = params.toString();
    return query ? `${path}?${query}` : path;
  }

  return { parse, href, defaults };
}

function readTexts(params: SearchParams, name: string): string[] {
  if (params instanceof URLSearchParams) return params.getAll(name).filter((text) => text !== "");
  const raw = Object.hasOwn(params, name) ? params[name] : undefined;
  return [raw].flat().filter((text) => text !== undefined && text !== "") as string[]; // undefined is filtered out
}
