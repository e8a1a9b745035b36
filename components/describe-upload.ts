import { formatDay } from "@/lib/days";
import type { ListingHead } from "@/lib/listings/listing";
import type { Preview } from "@/lib/uploads/preview";
import { count } from "@/lib/words/count";

const conjunction = new Intl.ListFormat("en", { type: "conjunction" });

/** What adding an upload does, in sentences. */
export function describePlan(preview: Preview): string[] {
  const { kind, fresh, here, idsOnly, rejected, own, listedOn, listedOnInferred } = preview;
  const parts = [
    fresh.total > 0 && count(fresh.total, "new paper"),
    here.total > 0 && `${count(here.total, "paper")} already here`,
    idsOnly.total > 0 && `${count(idsOnly.total, "paper")} to be fetched`,
  ].filter((part) => part !== false);
  const all = conjunction.format(parts);
  const left = rejected.total > 0 ? [`${count(rejected.total, "entry", "entries")} cannot be read.`] : [];
  if (kind === "library") {
    if (own === 0) return [`Imports ${all}. None was bookmarked.`, ...left];
    const undo = "You can undo that in one step.";
    if (own === fresh.total + here.total + idsOnly.total) return [`Bookmarks ${all}. ${undo}`, ...left];
    return [`Imports ${all}, and bookmarks ${own.toLocaleString("en")} of them. ${undo}`, ...left];
  }
  return [
    `Imports ${nameOf(preview)}: ${all}.`,
    ...left,
    ...(listedOn !== null && listedOnInferred
      ? ["The day is inferred. If it is wrong, choose it below."]
      : []),
  ];
}

/** The listing, as the object of a sentence. */
export function nameOf({ kind, period, listedOn }: ListingHead): string {
  if (kind === "day")
    return listedOn === null ? "a list of papers" : `the edition of ${formatDay(listedOn, "d MMM yyyy")}`;
  if (kind === "week" || kind === "month") return `the list of a ${kind}${period ? `, ${period}` : ""}`;
  return kind === "search" ? "the results of a search" : "a list of trending papers";
}

/** What comes with the papers of a library. Nothing if nothing does. */
export function describeBrought({ notes, states, lists, tags }: Preview["brought"]): string[] {
  const parts = [
    notes > 0 && count(notes, "note"),
    lists.length > 0 && count(lists.length, "list"),
    tags > 0 && count(tags, "tag"),
    states > 0 && count(states, "reading state"),
  ].filter((part) => part !== false);
  if (parts.length === 0) return [];
  return [`With them: ${conjunction.format(parts)}. Your own notes and states stay as they are.`];
}
