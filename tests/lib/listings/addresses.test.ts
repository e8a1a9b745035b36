import { expect, test } from "vitest";
import { parseJsonLine } from "@/lib/listings/formats/jsonl";
import type { Listing } from "@/lib/listings/listing";
import { parseListing, rereadEntry } from "@/lib/listings/parse";
import { packSource, unpackSource } from "@/lib/listings/source-bytes";
import { contextOf } from "@/tests/library";

const card = (code: string) =>
  `# Trending Papers\n\n### [Lamps](https://ann:s3cret@huggingface.co/papers/2610.00101)\n\nThey shine.\n\n4 authors · Published on Oct 4, 2026\n\n[GitHub 131](${code})\n`;
const page = (project: string) =>
  `# Lamps\n\narxiv:2412.00109\n\n# Lamps\n\nPublished on Dec 12, 2024\n\nAuthors: Ada Lowe\n\n## Abstract\n\nThey shine.\n\n[Project page](${project})\n`;
const item = (fields: object) =>
  JSON.stringify([{ title: "Lamps", paper: { id: "2512.00001", title: "Lamps", authors: [], ...fields } }]);
const line = (fields: object): Pick<Listing, "format" | "entries"> => {
  const entry = parseJsonLine(JSON.stringify({ title: "Lamps", ...fields }), 1);
  return { format: "jsonl", entries: "paper" in entry ? [entry] : [] };
};
const parse = (body: string): Pick<Listing, "format" | "entries"> => parseListing(body, contextOf());

/** Every field and format that can carry a paper's code or project address. */
const inputs: [string, (url: string) => Pick<Listing, "format" | "entries">][] = [
  ["code in JSON Lines", (url) => line({ code: url })],
  ["code and stars in JSON Lines", (url) => line({ code: { url, stars: 2 } })],
  ["projectPage in JSON Lines", (url) => line({ projectPage: url })],
  ["githubRepo of the API", (url) => parse(item({ githubRepo: url }))],
  ["projectPage of the API", (url) => parse(item({ projectPage: ` ${url} ` }))],
  ["a link in a listing copied as text", (url) => parse(card(url))],
  ["a link in a paper page copied as text", (url) => parse(page(url))],
];

test.each(inputs)(
  "%s: an address is saved without its login, and not at all if it has a token",
  (_, parseWith) => {
    const addressOf = ({ entries: [entry] }: Pick<Listing, "format" | "entries">) =>
      entry?.paper.code?.url ?? entry?.paper.projectPage ?? null;
    const saved = (listing: Pick<Listing, "format" | "entries">) =>
      listing.entries.map(({ source }) => unpackSource(packSource(source)));
    const plain = "https://github.com/acme/lamps?tab=readme";
    for (const url of [plain, plain.replace("//", "//ann:s3cret@"), plain.replace("//", "//s3cret@")]) {
      const listing = parseWith(url);
      expect(addressOf(listing)).toBe(plain);
      expect(listing.entries[0]?.notes).toBeUndefined();
      expect(JSON.stringify(saved(listing))).not.toContain("s3cret");
      expect(rereadEntry(listing.format, saved(listing)[0], null)).toEqual({
        ...listing.entries[0]?.paper,
        listedOn: null,
      });
    }
    for (const url of [
      "https://github.com/acme/lamps?access_token=s3cret",
      "https://ann:s3cret@github.com/acme/lamps?x=1&api_key=s3cret",
    ]) {
      const listing = parseWith(url);
      expect(addressOf(listing)).toBeNull();
      expect(listing.entries[0]?.notes).toMatchObject([{ expected: "an address without a token" }]);
      expect(JSON.stringify([saved(listing), listing.entries[0]?.notes])).not.toContain("s3cret");
    }
  },
);
