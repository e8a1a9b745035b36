import { expect, test } from "vitest";
import { findFormulas } from "@/lib/tex/formulas";

const found = (text: string) => findFormulas(text).map(({ start, end }) => text.slice(start, end));

test.each([
  ["for $x$ and $π$", ["$x$", "$π$"]],
  ["MVD$^2$: views", ["$^2$"]],
  ["at most $n_1 + 2$, say", ["$n_1 + 2$"]],
  ["if $a<b$ or $a = b$", ["$a<b$", "$a = b$"]],
  ["a set $\\{1, 2\\}$ of two", ["$\\{1, 2\\}$"]],
  ["in \\( O(n^3) \\) time", ["\\( O(n^3) \\)"]],
  ["that \\[ a + b \\] holds", ["\\[ a + b \\]"]],
  ["that $$a_1$$ holds", ["$$a_1$$"]],
  ["that \\begin{align*} a &= b \\end{align*} holds", ["\\begin{align*} a &= b \\end{align*}"]],
  ["costs $\\$5$", ["$\\$5$"]],
  // Spaces at both ends, which no price has.
  ["the map $ f \\mapsto g $ on $ X $ and $\\psi $", ["$ f \\mapsto g $", "$ X $", "$\\psi $"]],
  // A digit after a lone symbol, which cannot be a price.
  ["2.7$\\pm$0.2, $\\sim$20 and $>$95", ["$\\pm$", "$\\sim$", "$>$"]],
  // Next to a formula that is certain.
  ["$x_1$ in $O(n)$ or $(a, b)$ or $n-1$ of $2$-trees", ["$x_1$", "$O(n)$", "$(a, b)$", "$n-1$", "$2$"]],
])("%s contains formulas", (text, formulas) => {
  expect(found(text)).toEqual(formulas);
});

test.each([
  "from $5 to $10",
  "between $5 and $10, at $0.5/h",
  "$200k, ($65), <$10 and ~$3 trillion",
  "$2B (>$1B) and $1<$2",
  "costs of $5_000, or $6",
  "4$ per hour, 90$ and 1$: cheap",
  "US$5/A$6 and A$AP",
  "cheap ($) to dear ($$$)",
  "only \\$5 to \\$x_1",
  "R^3 {times} S^2",
  "Omega(k^2d)",
  "%However, TangleNAS-527C{here}",
  "an $O(n)$ of which nothing is sure, $HOME/$USER",
  "$textbf{one} and textbf{other}$ models", // lost its backslashes
  "$P(final output is wrong) le (1 - p_{gen})^N$",
  "$x_1\n\nand y_1$",
  `$x_1 ${"+ y ".repeat(50)}$`,
  "\\(a\n\nb\\), \\( \\) and \\[a",
  "an open \\begin{align} a",
])("%s contains no formulas", (text) => {
  expect(found(text)).toEqual([]);
});

test("prices next to formulas stay prices", () => {
  expect(found("With $\\tau = 1$, from $5 to $10, or $5-$10, or $7M, (b) $8M.")).toEqual(["$\\tau = 1$"]);
});
