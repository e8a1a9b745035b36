import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toBibtex } from "@/lib/cite/bibtex";
import { toBibtexText, toBibtexTitle } from "@/lib/cite/bibtex-text";
import { toItem } from "./items";

/** The fields of an entry, read as BibTeX reads them: a value ends where its braces close, escaped or not. */
function readFields(entry: string): Record<string, string> {
  const fields: Record<string, string> = {};
  const form = /\s*(\w+)\s*=\s*(?:(\w+)|\{)/y;
  form.lastIndex = entry.indexOf(",") + 1;
  for (let match = form.exec(entry); match; match = form.exec(entry)) {
    const from = form.lastIndex;
    let end = from;
    if (match[2] === undefined)
      for (let depth = 1; depth > 0; end++) {
        if (end >= entry.length)
          throw new Error(`BibTeX: expected a closing brace in ${match[1]}, got the end`);
        depth += entry[end] === "{" ? 1 : entry[end] === "}" ? -1 : 0;
      }
    fields[match[1] ?? ""] = match[2] ?? entry.slice(from, end - 1);
    form.lastIndex = entry[end] === "," ? end + 1 : end;
  }
  expect(entry.slice(form.lastIndex === 0 ? entry.lastIndexOf("}") : form.lastIndex)).toMatch(/^\s*\}\s*$/);
  return fields;
}

/** What TeX shows for an escaped text without formulas. */
function typeset(value: string): string {
  const commands: Record<string, string> = {
    textbackslash: "\\",
    textasciitilde: "~",
    textasciicircum: "^",
    textbraceleft: "{",
    textbraceright: "}",
  };
  return value.replace(/\\([a-z]+)\{\}|\\([%&#$_{}])|[{}]/g, (_, command?: string, escaped?: string) =>
    command ? (commands[command] ?? "?") : (escaped ?? ""),
  );
}

describe("a title keeps its formulas and capitals, and escapes the rest", () => {
  test.each([
    ["Weight-Sharing in Tea", "{Weight-Sharing} in Tea"],
    ["BERT: a Kettle", "{BERT}: a Kettle"],
    ["A (GPT-4o) Kettle", "A ({GPT-4o}) Kettle"],
    ["Tea & 5% of $3 #1 a_b", "Tea \\& 5\\% of \\$3 \\#1 a\\_b"],
    ["The $O(n^2)$ Kettle", "The {$O(n^2)$} Kettle"],
    ["$k$-NN", "{$k$}-{NN}"],
    ["\\(x_1\\) and $$y^2$$", "{$x_1$} and {$y^2$}"],
    ["a\\b ~ ^", "a\\textbackslash{}b \\textasciitilde{} \\textasciicircum{}"],
    ["{a} set", "\\{a\\} set"],
    ["4-{2-Tea} b{C}", "{4-\\{2-Tea}\\} {b\\{C}\\}"],
    ["} a {", "\\textbraceright{} a \\textbraceleft{}"],
    ["50% $\\alpha % \\beta$", "50\\% {$\\alpha \\% \\beta$}"],
    ["odd $\\{x$ formula", "odd \\$\\textbackslash{}\\textbraceleft{}x\\$ formula"],
    ["line\nbreak\u0000 \ud800", "line break \ufffd"],
    ["茶の$\\pi$", "茶の{$\\pi$}"],
  ])("%j", (title, expected) => expect(toBibtexTitle(title)).toBe(expected));
});

describe("authors", () => {
  const authors = (names: string[], authorCount: number | null = names.length) =>
    readFields(toBibtex(toItem({ title: "Tea", authors: names, authorCount }))).author;
  test("keep their order, with particles, suffixes and collectives as BibTeX writes them", () => {
    expect(authors(["Jan van der Berg", "Sam Cup Jr.", "OpenKettle Team", "Gopal", "Guy Van den Berg"])).toBe(
      "van der Berg, Jan and Cup, Jr., Sam and {OpenKettle Team} and Gopal and {Van den Berg}, Guy",
    );
  });
  test("that contain `and`, commas or braces stay one name", () => {
    expect(authors(["Tea and Scones", "A, B", "J{ane Smith"])).toBe(
      "{Tea and Scones} and {A, B} and Smith, J\\textbraceleft{}ane",
    );
  });
  test("end with `others` if the source left some out", () => {
    expect(authors(["Jane Smith"], 3)).toBe("Smith, Jane and others");
  });
  test("are left out if only their number is known, which is noted", () => {
    expect(readFields(toBibtex(toItem({ title: "Tea", authorCount: 5 })))).toEqual({
      title: "Tea",
      note: "5 authors",
    });
  });
});

test("the class is that of the first tag from arXiv, and left out if that is no category", () => {
  const of = (...names: string[]) => {
    const tags = [
      { name: "cs.XX", source: "hub" as const },
      ...names.map((name) => ({ name, source: "arxiv" as const })),
    ];
    return readFields(toBibtex(toItem({ arxivId: "2508.99001", title: "Tea", tags }))).primaryClass;
  };
  expect([
    of("cs.LG", "cs.CL"),
    of("hep-th"),
    of("cond-mat.mes-hall"),
    of(),
    of("tea pots", "cs.LG"),
  ]).toEqual(["cs.LG", "hep-th", "cond-mat.mes-hall", undefined, undefined]);
});

test("whatever the texts are, an entry can be read and its fields are the texts", () => {
  const odd = fc.array(fc.constantFrom(...'\\{}$%&#_~^"@,=\n aB1é茶'.split(""), "\\\\", "$$", " and "), {
    maxLength: 30,
  });
  fc.assert(
    fc.property(odd, odd, odd, (title, name, abstract) => {
      const item = toItem({
        title: `x${title.join("")}`,
        authors: [`x${name.join("")}`],
        abstract: `x${abstract.join("")}`,
        tags: [{ name: title.join(""), source: "hub" }],
      });
      const fields = readFields(toBibtex(item));
      const plain = (text: string) => text.replace(/\s+/g, " ").trim();
      for (const [field, text] of [
        ["title", item.paper.title],
        ["abstract", item.paper.abstract ?? ""],
      ] as const)
        if (!/\$[^$]*\$|\\[([]/.test(text)) expect(typeset(fields[field] ?? "")).toBe(plain(text));
      expect(Object.keys(fields).slice(0, 2)).toEqual(["title", "author"]);
      expect(fields.author).not.toMatch(/^(?:[^{}]|\{[^{}]*\})* and /);
    }),
    { seed: 7, numRuns: 1000 },
  );
});

test("a formula with every odd delimiter leaves the braces balanced", () => {
  const part = fc.constantFrom(
    "$",
    "$$",
    "\\(",
    "\\)",
    "\\[",
    "\\]",
    "{",
    "}",
    "\\{",
    "\\}",
    "\\",
    "%",
    "x^2",
    "_",
    " ",
    "a",
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 25 }), (parts) => {
      const entry = toBibtex(toItem({ title: "Tea", abstract: `a${parts.join("")}` }));
      expect(readFields(entry).abstract).toBe(toBibtexText(`a${parts.join("")}`));
    }),
    { seed: 11, numRuns: 1000 },
  );
});
