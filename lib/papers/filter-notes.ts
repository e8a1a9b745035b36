import type { Problem } from "../url-state";

const maxNotes = 3;

/** One line for each value of an address that was ignored, up to a few. */
export function toNotes(problems: Problem[]): string[] {
  const notes = problems.slice(0, maxNotes).map(({ field, got, expected }) => {
    const shown = JSON.stringify(got.slice(0, 40)).slice(1, -1);
    return `Ignored ${field}=${shown}: expected ${expected}.`;
  });
  const more = problems.length - notes.length;
  return more > 0
    ? [...notes, `Ignored ${more.toLocaleString("en")} more ${more === 1 ? "value" : "values"}.`]
    : notes;
}
