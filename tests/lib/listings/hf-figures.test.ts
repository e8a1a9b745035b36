import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { hubFigures } from "@/lib/listings/formats/hf-figures";
import { parseListing } from "@/lib/listings/parse";
import { contextOf } from "@/tests/library";

const host = "https://cdn.example/uploads";
const inPaper = (fields: object) => ({ paper: { id: "2512.00001", ...fields } });

test.each([
  [
    "the array of the API",
    { mediaUrls: [`${host}/a.png`, `${host}/b.jpeg`] },
    [`${host}/a.png`, `${host}/b.jpeg`],
  ],
  ["the single address of 2024", { mediaUrl: `${host}/a.png` }, [`${host}/a.png`]],
  ["an address without an ending", { mediaUrls: [`${host}/a`] }, [`${host}/a`]],
  ["blanks around an address", { mediaUrls: [` ${host}/a.png\n`] }, [`${host}/a.png`]],
  [
    "a login, which is dropped",
    { mediaUrls: ["https://ada:pw@cdn.example/a.png"] },
    ["https://cdn.example/a.png"],
  ],
  [
    "videos among pictures",
    { mediaUrls: ["mp4", "png", "qt", "webm", "MOV"].map((end) => `${host}/a.${end}`) },
    [`${host}/a.png`],
  ],
  ["an SVG, which the import reports", { mediaUrls: [`${host}/a.svg`] }, [`${host}/a.svg`]],
  ["the same address twice", { mediaUrls: [`${host}/a.png`, `${host}/a.png#x`] }, [`${host}/a.png`]],
  [
    "more than four",
    { mediaUrls: [1, 2, 3, 4, 5, 6].map((at) => `${host}/${at}.png`) },
    [1, 2, 3, 4].map((at) => `${host}/${at}.png`),
  ],
  [
    "a card with only the title",
    { mediaUrl: "https://cdn-thumbnails.huggingface.co/social-thumbnails/papers/2405.1.png" },
    [],
  ],
  [
    "other schemes",
    {
      mediaUrls: [
        "ftp://x/a.png",
        "file:///etc/passwd",
        "data:image/png;base64,AA==",
        "javascript:1",
        "//x/a.png",
        "/a.png",
      ],
    },
    [],
  ],
  ["a token", { mediaUrls: [`${host}/a.png?X-Token=1&token=S3cret`] }, []],
  ["a token that was hidden in the library", { mediaUrls: [`${host}/a.png?token=…`] }, []],
  ["an endless address", { mediaUrls: [`${host}/${"a".repeat(3000)}.png`] }, []],
  ["wrong types", { mediaUrls: [null, 7, {}, [`${host}/a.png`], `${host}/b.png`] }, [`${host}/b.png`]],
  ["an object instead of an array", { mediaUrls: { 0: `${host}/a.png` } }, []],
  ["nothing", {}, []],
])("an item with %s names its pictures, outside and inside of its paper", (_, fields, expected) => {
  expect(hubFigures({ ...inPaper({}), ...fields })).toEqual(expected);
  expect(hubFigures(inPaper(fields))).toEqual(expected);
  expect(hubFigures({ ...inPaper(fields), ...fields })).toEqual(expected);
});

test.each([null, 7, "text", [], {}, { paper: null }, { paper: [] }])("%j names no pictures", (source) => {
  expect(hubFigures(source)).toEqual([]);
});

test.runIf(process.env.SAMPLES)("real items name pictures of Hugging Face alone", () => {
  const file = `${process.env.SAMPLES}/listings/hf-api/2026-01-21.json`;
  const { entries } = parseListing(readFileSync(file, "utf8"), contextOf());
  const all = entries.flatMap(({ source }) => hubFigures(source));
  expect(all.length).toBeGreaterThan(0);
  for (const url of all)
    expect(url).toMatch(/^https:\/\/cdn-uploads\.huggingface\.co\/.*\.(png|jpe?g|gif|webp)$/);
});
