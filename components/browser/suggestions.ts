import { keymap } from "@/lib/words/keymap";
import { paperPath } from "@/lib/words/paper-path";
import { request } from "./request";

/** A line of the palette: it opens a page, or acts as if `keys` were pressed. `kind` is shown faintly. */
export type Item = { name: string; kind: string; keys?: string; at?: string };

/** What the server suggests for a text, by kind. */
export type Suggestions = {
  days: Item[];
  papers: Item[];
  authors: Item[];
  tags: Item[];
  organizations: Item[];
};

export const noSuggestions: Suggestions = { days: [], papers: [], authors: [], tags: [], organizations: [] };

const maxPapers = 5;
const maxNames = 3;

type Answer = {
  days: { name: string; path: string }[];
  papers: { id: string; title: string }[];
  authors: { name: string; count: number }[];
  tags: { name: string; count: number }[];
  organizations: { name: string; fullName: string | null; count: number }[];
};

/** Asks the server what a text may mean. Nothing if it does not answer. */
export async function fetchSuggestions(typed: string, signal?: AbortSignal): Promise<Suggestions> {
  const address = `/api/v1/suggest?limit=${maxPapers}&q=${encodeURIComponent(typed)}`;
  const answer = await request(address, signal && { signal });
  if (!answer?.ok) return noSuggestions;
  const { days, papers, authors, tags, organizations }: Answer = await answer.json();
  const search = (condition: string) => `/papers?${new URLSearchParams({ q: condition })}`;
  const quoted = (name: string) => `"${name.replaceAll('"', " ")}"`;
  const count = (papers: number) => papers.toLocaleString("en");
  return {
    days: days.map(({ name, path }) => ({ name, kind: "Date", at: path })),
    papers: papers.map(({ id, title }) => ({ name: title, kind: "Paper", at: paperPath(id) })),
    authors: authors.slice(0, maxNames).map(({ name, count: papers }) => ({
      name,
      kind: `Author · ${count(papers)}`,
      at: search(`author:${quoted(name)}`),
    })),
    tags: tags.slice(0, maxNames).map(({ name, count: papers }) => ({
      name,
      kind: `Tag · ${count(papers)}`,
      at: search(`tag:${/^[\p{L}\p{N}.-]+$/u.test(name) ? name : quoted(name)}`),
    })),
    organizations: organizations.slice(0, maxNames).map(({ name, fullName, count: papers }) => ({
      name: fullName ?? name,
      kind: `Organization · ${count(papers)}`,
      at: search(`org:${quoted(name)}`),
    })),
  };
}

/** The palette's lines for a text, best match first. Without a text, all commands. */
export function listItems(
  typed: string,
  { days, papers, authors, tags, organizations }: Suggestions,
): Item[] {
  const commands = findCommands(typed);
  if (typed === "") return commands;
  const search = { name: `Search for ${typed}`, kind: "", at: `/papers?q=${encodeURIComponent(typed)}` };
  const named = [...papers, ...authors, ...tags, ...organizations];
  const best = named.filter(({ name }) => isMeant(name, typed));
  return [...commands, ...days, ...best, search, ...named.filter((item) => !best.includes(item))];
}

/**
 * Whether a text is the beginning of a name and long enough to mean it: three words, or all but the last fifth. A shorter
 * one is rather meant as words to search for.
 */
const isMeant = (name: string, typed: string) =>
  name.toLowerCase().startsWith(typed.toLowerCase()) &&
  (typed.length >= name.length * 0.8 || typed.split(/\s+/).length > 2);

function findCommands(typed: string): Item[] {
  const words = typed.toLowerCase().split(/\s+/);
  return keymap
    .flatMap((group) => group.keys)
    .filter(({ keys, does }) => {
      const parts = does.toLowerCase().split(/[^\p{L}\p{N}]+/u);
      return keys !== "Ctrl-K" && words.every((word) => parts.some((part) => part.startsWith(word)));
    })
    .map(({ does, keys, at }) => ({ name: does, kind: keys, keys, ...(at ? { at } : {}) }));
}
