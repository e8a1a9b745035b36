import fc from "fast-check";
import { expect, test } from "vitest";
import { writeCsv } from "@/lib/cite/csv";
import { bookmark, stream, toItem } from "./items";

/** The rows of a CSV, read as RFC 4180 says. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/gy;
  for (const [, quoted, bare, end] of text.matchAll(cell)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? bare ?? "");
    if (end === "") break;
    if (end === "\r\n") rows.push([]);
  }
  return rows.slice(0, -1);
}

async function write(fields: { title: string; note: string }): Promise<Record<string, string>> {
  const item = toItem({ title: fields.title }, { bookmark: { ...bookmark, note: fields.note } });
  let text = "";
  for await (const part of writeCsv(stream([item]), {
    siteUrl: "http://localhost:3000",
    exportedAt: new Date(),
  }))
    text += part;
  expect(text.startsWith("\ufeffid,cite_key,title,")).toBe(true);
  const [header = [], row = [], ...others] = readCsv(text.slice(1));
  expect([row.length, others]).toEqual([header.length, []]);
  return Object.fromEntries(header.map((name, at) => [name, row[at] ?? ""]));
}

test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("x","y")\nb'])(
  "a spreadsheet does not take %j for a formula",
  async (text) => {
    const { title, note } = await write({ title: text, note: text });
    expect([title, note]).toEqual([`'${text}`, `'${text}`]);
  },
);

test("any texts stay in their cells", async () => {
  const text = fc.string({ unit: fc.constantFrom(..."\",;'\n\r\té茶 a=".split("")), maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(text, text, async (title, note) => {
      const cells = await write({ title: `x${title}`, note: `x${note}` });
      expect([cells.title, cells.note, cells.created]).toEqual([`x${title}`, `x${note}`, bookmark.at]);
    }),
    { seed: 5, numRuns: 300 },
  );
});
