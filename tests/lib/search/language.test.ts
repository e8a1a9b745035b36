import { expect, test } from "vitest";
import { excerpt, highlight } from "@/lib/search/highlight";
import { toLabel } from "@/lib/search/labels";
import { parseQuery } from "@/lib/search/language";
import { nothing, type Tree, wantedTerms } from "@/lib/search/tree";

/** For each clause, the spellings that match it. */
const clausesOf = (typed: string): Tree[] => {
  const tree = parseQuery(typed);
  return "and" in tree ? tree.and : [];
};
const wanted = (typed: string) =>
  clausesOf(typed).map((clause) => wantedTerms(clause).map((terms) => terms.join(" ")));

test.each([
  ["weight sharing", [["weight"], ["share"]]],
  ["k-NN", [["k nn", "knn"]]],
  ['"weight sharing"', [["weight share", "weightshar"]]],
  ['"weight-sharing nets"', [["weight share net", "weightshar net", "weightsharingnet"]]],
  ["神经", [["u795e u7ecf"]]],
  ['"', []],
  ['"open', [["open"]]],
  ["'; DROP TABLE", [["drop"], ["tabl"]]],
  ["- -- ---", []],
  ["", []],
])("%s searches for %j", (typed, expected) => {
  expect(wanted(typed)).toEqual(expected);
});

test("a leading minus excludes a word or a phrase, a hyphen inside does not", () => {
  expect(clausesOf('-video -"image model" low-rank')).toEqual([
    { not: { word: "video" } },
    { not: { or: [{ phrase: ["imag", "model"] }, { word: "imagemodel" }] } },
    { or: [{ phrase: ["low", "rank"] }, { word: "lowrank" }] },
  ]);
  expect(parseQuery("- ")).toEqual(nothing);
});

const lamp: Tree = { word: "lamp" };
const kettle: Tree = { word: "kettl" };
const tide: Tree = { word: "tide" };
const not = (tree: Tree): Tree => ({ not: tree });
const either = (...or: Tree[]): Tree => ({ or });
const both = (...and: Tree[]): Tree => ({ and });
const day = (from: string | null, to: string | null): Tree => ({ range: { from, to } });

test.each<[string, Tree[]]>([
  ["lamp OR kettle", [either(lamp, kettle)]],
  ["lamp tide OR kettle", [either(both(lamp, tide), kettle)]],
  ["lamp or kettle", [lamp, { word: "or" }, kettle]],
  ["(lamp OR kettle) tide", [either(lamp, kettle), tide]],
  ["tide (lamp OR (kettle -tide))", [tide, either(lamp, both(kettle, not(tide)))]],
  ["-(lamp OR kettle) tide", [not(either(lamp, kettle)), tide]],
  ["title:lamp", [{ field: "title", of: lamp }]],
  ['AUTHOR:"ada lamp"', [{ field: "authors", of: either({ phrase: ["ada", "lamp"] }, { word: "adalamp" }) }]],
  ["-abstract:lamp", [not({ field: "abstract", of: lamp })]],
  ["title:(lamp OR kettle)", [{ field: "title", of: either(lamp, kettle) }]],
  ["#lamp tag:tide", [{ label: toLabel("tag", "lamp") }, { label: toLabel("tag", "tide") }]],
  ["lamp date:2025-08", [lamp, day("2025-08-01", "2025-08-31")]],
  ["date:2025-08-01..2025-09", [day("2025-08-01", "2025-09-30")]],
  ["date:2025 -date:2025-02-28", [day("2025-01-01", "2025-12-31"), not(day("2025-02-28", "2025-02-28"))]],
  ["week:2025-W50", [day("2025-12-08", "2025-12-14")]],
  ["after:2025-08 before:2025-08-20", [day("2025-08-01", null), day(null, "2025-08-19")]],
])("%s is understood", (typed, expected) => {
  expect(clausesOf(typed)).toEqual(expected);
});

test.each<[string, Tree[]]>([
  ["OR", [{ word: "or" }]],
  ["OR lamp", [{ word: "or" }, lamp]],
  ["lamp OR", [lamp, { word: "or" }]],
  ["lamp OR OR kettle", [either(both(lamp, { word: "or" }), kettle)]],
  ["(", []],
  [")", []],
  ["(lamp", [lamp]],
  ["lamp)", [lamp]],
  ["()", []],
  ["lamp () kettle", [lamp, kettle]],
  ["lamp(kettle)", [lamp, kettle]],
  ["colour:lamp", [{ word: "colour" }, lamp]],
  ['colour:"lamp tide"', [{ word: "colour" }, either({ phrase: ["lamp", "tide"] }, { word: "lamptid" })]],
  ["title:", [{ word: "titl" }]],
  ["title: lamp", [{ word: "titl" }, lamp]],
  ["date:lamp", [{ word: "date" }, lamp]],
  ["date:2025-02-30", [{ word: "date" }, either({ phrase: ["2025", "02", "30"] }, { word: "20250230" })]],
  ["#", []],
  ['lamp "kettle', [lamp, kettle]],
  ["https://lamp", [{ word: "http" }, lamp]],
])("%s, which is no more than text, is searched for as text", (typed, expected) => {
  expect(clausesOf(typed)).toEqual(expected);
});

test("groups are limited, however deep they are typed", () => {
  expect(JSON.stringify(parseQuery("(a OR ".repeat(5000))).length).toBeLessThan(2000);
  expect(JSON.stringify(parseQuery(`${"-(".repeat(5000)}lamp${")".repeat(5000)}`)).length).toBeLessThan(200);
});

test("the size of a query is limited, however long its text", () => {
  expect(clausesOf("word ".repeat(10_000)).length).toBe(32);
  const forms = wantedTerms(parseQuery(`"${"a-b ".repeat(40)}"`)).length;
  expect(forms).toBeLessThanOrEqual(9);
});

test("a highlight marks the words as they were written and escapes everything else", () => {
  expect(highlight('<b>Weight-sharing</b> & "weights"', parseQuery("weight"))).toBe(
    "&lt;b&gt;<mark>Weight</mark>-sharing&lt;/b&gt; &amp; &quot;<mark>weights</mark>&quot;",
  );
  expect(highlight("kNN and k-NN", parseQuery("k-NN"))).toBe("<mark>kNN</mark> and <mark>k-NN</mark>");
  expect(highlight("no video here", parseQuery("here -video"))).toBe("no video <mark>here</mark>");
});

test("a phrase is marked only where its words are together", () => {
  expect(highlight("model image model", parseQuery('"image model"'))).toBe("model <mark>image model</mark>");
});

test("an excerpt shows the place with the most matches and is cut between words", () => {
  const filler = "lorem ipsum dolor sit amet ".repeat(40);
  const shown = excerpt(
    `A weight here. ${filler} Then weight sharing at last. ${filler}`,
    parseQuery("weight sharing"),
  );
  expect(shown).toContain("<mark>weight</mark> <mark>sharing</mark>");
  expect(shown).toMatch(/^… \w+ .* \w+ …$/s);
  expect(shown.length).toBeLessThan(400);
  expect(excerpt("short", parseQuery("nothing"))).toBe("short");
});

test("an excerpt begins with the preferred sentence if it has a match and little is lost", () => {
  const filler = "lorem ipsum dolor sit amet. ".repeat(40);
  const sentence = "We propose a kettle that sings.";
  const text = `A kettle and a lamp. ${filler}${sentence} ${filler}Last, a lamp, a tide and a kettle.`;
  const from = (typed: string) => excerpt(text, parseQuery(typed), () => sentence);
  expect(from("kettle")).toMatch(/^… We propose a <mark>kettle<\/mark> that sings\. lorem/);
  expect(from("kettle lamp")).toMatch(/^… We propose a <mark>kettle/);
  expect(from("lamp")).toMatch(/^A kettle and a <mark>lamp/);
  expect(from("kettle lamp tide")).toContain("a <mark>lamp</mark>, a <mark>tide</mark> and a <mark>kettle");
  expect(excerpt(text, parseQuery("kettle"), () => "not in the text")).toMatch(/^A <mark>kettle/);
});

test("an excerpt is not cut within a formula", () => {
  const formula = `$a_1 ${"+ b ".repeat(40)}= c$`;
  const filler = "lorem ipsum dolor sit amet ".repeat(20);
  const around = (text: string) => excerpt(text, parseQuery("weight"));
  expect(around(`${filler} ${formula} of a weight. ${filler}`)).toContain(
    `… ${formula} of a <mark>weight</mark>`,
  );
  expect(around(`${filler} a weight of ${"much ".repeat(40)} ${formula}. ${filler}`)).toContain(
    `${formula} …`,
  );
});
