import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { escapeHtml } from "@/lib/html";
import { toSpoken, typeset, typesetMarked } from "@/lib/tex/typeset";

/** The visible text: without the part for screen readers, and without tags. */
const visible = (html: string) =>
  html
    .replace(/<span class="katex-mathml">.*?<\/math><\/span>/gs, "")
    .replace(/<(?!\/?mark>)[^>]*>/g, "")
    .replace(/[\u200b\u2060]/g, "");

test("a formula is typeset for sight and for screen readers, and the text around it is escaped", () => {
  const { html, hasFormula } = typeset("A <b> & $x^2$");
  expect(hasFormula).toBe(true);
  expect(html).toMatch(/^A &lt;b&gt; &amp; <span class="whitespace-nowrap"><span class="katex">/);
  expect(html).toContain('<span class="katex-mathml"><math');
  expect(html).toContain('<span class="katex-html" aria-hidden="true">');
  expect(visible(html)).toBe("A &lt;b&gt; &amp; x2");
});

test("a text without formulas loses only its TeX markup", () => {
  expect(typeset("4.7\\% of <i>")).toEqual({ html: "4.7% of &lt;i&gt;", hasFormula: false });
});

test.each([
  "$\\undefined{x}$",
  "$\\frac{1}$",
  "$x_1}$",
  "\\(\\href{https://x.org}{y}\\)",
  "\\(\\htmlStyle{color:red}{y}\\)",
  "\\(\\includegraphics{https://x.org/y.png}\\)",
  "\\(\\def\\a{\\a\\a}\\a\\)",
  "\\(% all of it\\)",
])("%s cannot be typeset and is shown as typed", (text) => {
  const { html, hasFormula } = typeset(`so ${text} is`);
  expect(hasFormula).toBe(false);
  expect(html).toBe(`so ${text} is`);
});

test("colors in a formula are ignored", () => {
  const { html } = typeset(
    "\\(\\color{red}a \\textcolor{#000}{b} \\colorbox{red}{c} \\fcolorbox{red}{blue}{d}\\)",
  );
  expect(visible(html)).toBe("abcd");
  expect(html).not.toMatch(/style="[^"]*(?:color:|background)|mathcolor|mathbackground/);
});

test("a line may break within a formula, but not between it and the characters attached to it", () => {
  const { html } = typeset("both ($a=b$), the $k$th and non-$k$-means");
  expect(html.split('<span class="whitespace-nowrap">').map((piece) => visible(piece))).toEqual([
    "both ",
    "(a=b), the ",
    "kth and non",
    "-k-means",
  ]);
  expect(html.match(/<wbr>/g)).toHaveLength(1);
});

test("only with the option display, a formula gets its own line and a wide one scrolls", () => {
  const text = "that \\[ a = b \\] holds, and \\(\\frac{a+b+c+d+e+f+g+h+i+j}{k}\\) of $x^2$";
  const { html } = typeset(text, { display: true });
  expect(html).toContain('<span class="katex-display" tabindex="0">');
  expect(html).toMatch(/<span class="inline-block [^"]*" tabindex="0"><span class="katex">/);
  expect(html.match(/tabindex/g)).toHaveLength(2);
  expect(typeset(text).html).not.toMatch(/katex-display|tabindex/);
});

test.each([
  ["$x^2$", "x, squared"],
  ["$\\kappa_1$", "kappa, start subscript, 1, end subscript"],
  ["$\\boldsymbol S_p$", "\\boldsymbol S_p"], // has no words
])("with the option named, the formula %s has the label %s", (text, words) => {
  expect(typeset(text, { named: true }).html).toContain(`<math aria-label="${words}" `);
  expect(typesetMarked(text, { named: true }).html).toContain(`<math aria-label="${words}" `);
  expect(typeset(text).html).not.toContain("aria-label");
});

test("a highlight keeps its marks, even in formulas and TeX markup", () => {
  const marked = (html: string) => visible(typesetMarked(html).html);
  expect(marked("a <mark>word</mark> &amp; $x^2$")).toBe("a <mark>word</mark> &amp; x2");
  expect(marked("by $<mark>x</mark>^2$, <mark>say</mark>")).toBe("by <mark>x2</mark>, <mark>say</mark>");
  expect(marked("<mark>4.7\\%</mark> of \\emph{<mark>it</mark>}")).toBe(
    "<mark>4.7%</mark> of <mark>it</mark>",
  );
  expect(marked("&lt;mark&gt; <mark>a</mark> &lt;/mark&gt;")).toBe(
    "&lt;mark&gt; <mark>a</mark> &lt;/mark&gt;",
  );
});

test("a tag in a text never becomes a tag in the HTML", () => {
  const pieces = fc.constantFrom(
    "$",
    "\\(",
    "\\)",
    "\\frac",
    "{",
    "}",
    "_",
    "^",
    "<b>",
    "&",
    '"',
    "x",
    " ",
    "\\%",
  );
  fc.assert(
    fc.property(fc.array(pieces), (some) => {
      expect(typeset(some.join("")).html).not.toMatch(/<b>/);
    }),
    { numRuns: 500 },
  );
});

test("the title of a browser tab has formulas in words and no TeX markup", () => {
  expect(toSpoken("Lamps in $\\mathbb{R}^2$ at 5\\%")).toBe(
    `Lamps in ${typeset("$\\mathbb{R}^2$", { named: true }).html.match(/aria-label="([^"]*)"/)?.[1]} at 5%`,
  );
  expect(toSpoken("Lamps for $5 and $6")).toBe("Lamps for $5 and $6");
});

test("commands that print, or that move a formula over other text, are shown as typed", () => {
  const write = vi.spyOn(console, "log");
  const error = vi.spyOn(console, "error");
  for (const tex of [
    "\\message{boo}",
    "\\errmessage{boo}",
    "\\show\\alpha",
    "x \\raisebox{-500em}{y}",
    "x \\kern-400em y",
    "x \\rule[9em]{1em}{1em}",
    `x ${"\\!".repeat(100)} y`,
    `x ${"\\raisebox{2em}{".repeat(4)}y${"}".repeat(4)}`,
    "\\begin{matrix} a \\\\[90em] b \\end{matrix}",
  ])
    expect(typeset(`\\(${tex}\\)`), tex).toEqual({ html: escapeHtml(`\\(${tex}\\)`), hasFormula: false });
  expect(write).not.toHaveBeenCalled();
  expect(error).not.toHaveBeenCalled();
  for (const tex of [
    "\\rule[0.25em]{1em}{0.1em}",
    "x \\hspace{0.4in} y",
    "a \\raisebox{-1.25ex}{b}",
    "a \\! b",
  ])
    expect(typeset(`\\(${tex}\\)`).hasFormula, tex).toBe(true);
});

test("the first five hundred formulas of a text are typeset, and the rest are shown as typed", () => {
  const { html } = typeset("\\(x\\) ".repeat(600));
  expect(html.match(/<math /g)).toHaveLength(500);
  expect(html.match(/\\\(x\\\)/g)).toHaveLength(100);
});

test("the words of a formula are separated from the words next to it", () => {
  expect(toSpoken("3D in $\\sim$20 Seconds")).toMatch(/^3D in \S+ 20 Seconds$/);
});
