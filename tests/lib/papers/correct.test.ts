import { beforeEach, expect, test } from "vitest";
import { filterOf } from "@/lib/papers/filter";
import { findPapers } from "@/lib/papers/list";
import { hubAnswer } from "@/tests/hub-answer";
import { openTestLibrary, scrapeBody } from "@/tests/library";

const { db } = openTestLibrary();

beforeEach(() =>
  scrapeBody(
    db(),
    hubAnswer([
      { id: "2512.00001", title: "Lanterns for navigators", summary: "A lighthouse." },
      { id: "2512.00002", title: "Lanterns at sea", summary: "With a barometer." },
      { id: "2512.00003", title: "Kettles", summary: "Of copper, for tea." },
    ]),
  ),
);

const find = async (q: string, exact = false) => {
  const { papers, corrected } = await findPapers(filterOf({ q, exact }));
  return [
    papers
      .map(({ id }) => id.slice(-1))
      .sort()
      .join(""),
    corrected?.text ?? null,
  ];
};

test.each([
  ["lantrens", "12", "lanterns"], // two letters swapped
  ["lanternns", "12", "lanterns"], // one too many
  ["ketles", "3", "kettles"], // one too few
  ["keqtles", "3", "kettles"], // another one
  ["LANTRENS", "12", "lanterns"],
  ["barmoetre", "2", "barometer"], // two edits in nine letters
  ["lanterns baromter", "2", "lanterns barometer"],
  ["lantrens baromter", "2", "lanterns barometer"],
  ["title:lantrens", "12", "title:lanterns"],
  ["lantrens -barometer", "1", "lanterns -barometer"],
  ["(lantrens OR tea) #none", "", null],
])("%s finds %s, as %s", async (typed, ids, corrected) => {
  expect(await find(typed)).toEqual([ids, corrected]);
});

test.each([
  ["a word of four letters", "seaa"],
  ["two edits in eight letters", "lanetnrs"],
  ["a phrase", '"lantrens"'],
  ["a tag", "tag:lantrens"],
  ["an excluded word", "-lantrens lighthouses-of-nowhere"],
  ["a word of no language", "xyzzyxyzzy"],
])("%s is not corrected", async (_, typed) => {
  expect((await find(typed))[1]).toBeNull();
});

test("nothing is corrected if it finds something, or if the reader wants the words as they are", async () => {
  expect(await find("lanterns")).toEqual(["12", null]);
  expect(await find("lantrens", true)).toEqual(["", null]);
});
