import { strFromU8, unzipSync } from "fflate";
import { expect, test } from "vitest";
import { type ExportFormatName, exportFormats } from "@/lib/cite/export-formats";
import { items, stream, toItem } from "./items";

const options = { siteUrl: "http://localhost:3000", exportedAt: new Date("2026-11-30T12:00:00Z") };
const names = Object.keys(exportFormats) as ExportFormatName[]; // the table's own keys

async function write(name: ExportFormatName, from = items): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of exportFormats[name].write(stream(from), options)) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}

const fixture = (file: string) => `../../fixtures/cite/${file}`;

test.each(names.filter((name) => name !== "obsidian"))("three papers as %s", async (name) => {
  const { extension } = exportFormats[name];
  await expect((await write(name)).toString()).toMatchFileSnapshot(fixture(`papers.${extension}`));
});

test("three papers as notes for Obsidian", async () => {
  const files = Object.entries(unzipSync(await write("obsidian")));
  expect(files.map(([file]) => file)).toEqual([
    "KettleNet Weight-Sharing for $O(n 2)$ Tea & 100% of {Scones}.md",
    "A Pot Known by Its Text.md",
    "Cups.md",
  ]);
  const all = files.map(([file, bytes]) => `${file}\n\n${strFromU8(bytes)}`).join("\n");
  await expect(all).toMatchFileSnapshot(fixture("papers.obsidian.txt"));
});

test.each(names)("%s of no papers is a complete, empty file", async (name) => {
  const body = await write(name, []);
  const empty: Record<ExportFormatName, (text: string) => unknown> = {
    bibtex: (text) => text === "",
    ris: (text) => text === "",
    "csl-json": (text) => Array.isArray(JSON.parse(text)),
    markdown: (text) => text.startsWith("# Papers\n"),
    obsidian: () => Object.keys(unzipSync(body)).length === 0,
    csv: (text) => text.split("\r\n").length === 2,
    netscape: (text) => text.endsWith("<DL><p>\n</DL><p>\n"),
    jsonl: (text) => JSON.parse(text).format === "broadsheet-library",
  };
  expect(empty[name](body.toString())).toBe(true);
});

test.each(names)("%s asks for one item at a time", async (name) => {
  let asked = 0;
  async function* endless() {
    for (;;) yield toItem({ title: `Tea ${asked++}` });
  }
  let bytes = 0;
  for await (const part of exportFormats[name].write(endless(), options)) {
    bytes += Buffer.byteLength(part);
    if (bytes > 20_000) break;
  }
  expect(asked).toBeGreaterThan(10);
  expect(asked).toBeLessThan(1000);
});
