import { scan } from "./tokens";

/**
 * What a paper has as a whole, and can be filtered by: a tag, an organization, who submitted it, and whether it has code or a
 * project page. An organization and a submitter are known by several names.
 */
export type LabelKind = "tag" | "organization" | "submitter" | "has";

/** A label as the index has it. It begins with a sign that no term contains. */
export type Label = string;

const signs: Record<LabelKind, string> = { tag: "t", organization: "o", submitter: "s", has: "h" };

/** The label of a name. Case, accents and hyphens make no difference, as in a text; the endings of words do. */
export function toLabel(kind: LabelKind, name: string): Label {
  const words = scan(name).flatMap(({ parts }) => parts.map(({ word }) => word));
  // A name without letters and digits is known by its characters.
  const text = words.length > 0 ? words.join("·") : `·${Buffer.from(name.trim()).toString("hex")}`;
  return `§${signs[kind]}·${text.slice(0, maxLength)}`;
}

/** The label of one word of an organization's or a submitter's name. */
export function toWordLabel(kind: "organization" | "submitter", word: string): Label {
  return toLabel(kind, word).replace("·", "··");
}

/** The labels of names of one thing: of each name, and of each of their words. */
export function labelsOf(kind: "organization" | "submitter", names: (string | null)[]): Label[] {
  const known = names.flatMap((name) => name ?? []);
  const words = known.flatMap((name) => scan(name).flatMap(({ parts }) => parts.map(({ word }) => word)));
  return [...known.map((name) => toLabel(kind, name)), ...words.map((word) => toWordLabel(kind, word))];
}

// PostgreSQL limits the length of a term.
const maxLength = 500;
