import type { Brought } from "../listings/listing";

/** What two entries of a file say of the same paper: everything, and where only one can be true, the first. */
export function mergeBrought(first: Brought | undefined, second: Brought): Brought {
  if (!first) return second;
  const times = [first.at, second.at].filter((at) => at !== null).sort();
  const notes = [first.note, second.note].filter((note) => note !== null);
  return {
    at: times[0] ?? null,
    state: first.state ?? second.state,
    note: [...new Set(notes)].join("\n\n") || null,
    lists: [...new Set([...first.lists, ...second.lists])],
    tags: [...new Set([...first.tags, ...second.tags])],
    citeKey: first.citeKey ?? second.citeKey,
  };
}
