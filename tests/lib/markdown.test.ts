import { expect, test } from "vitest";
import { renderMarkdown } from "@/lib/markdown";

test("a note is rendered as Markdown", () => {
  expect(renderMarkdown("# Why\n\nSee *this* and https://arxiv.org/abs/2508.04581\n- one")).toBe(
    '<h3>Why</h3>\n<p>See <em>this</em> and <a href="https://arxiv.org/abs/2508.04581" rel="noopener noreferrer">https://arxiv.org/abs/2508.04581</a></p>\n<ul>\n<li>one</li>\n</ul>\n',
  );
});

test.each([
  "<img src=x onerror=alert(1)>",
  "<script>alert(1)</script>",
  "[x](javascript:alert(1))",
  "[x](JaVaScRiPt&#58;alert(1))",
  "[x](data:text/html,<script>alert(1)</script>)",
  "[x](vbscript:x)",
  "![x](https://example.org/pixel.png)",
  '[x](https://example.org "onmouseover=alert(1)")',
  "<a href='javascript:alert(1)'>x</a>",
  "```\n</code><script>alert(1)</script>\n```",
  `[a](<javascript:alert(1)>)`,
  `${"[".repeat(5000)}x${"](y)".repeat(5000)}`,
])("nothing in %j runs or is loaded", (text) => {
  const html = renderMarkdown(text);
  expect(html).not.toMatch(/<(?:script|img|iframe|svg|object)\b/i);
  expect(html).not.toMatch(/<[^>]+\s(?:on\w+|style)\s*=/i);
  for (const [, href = ""] of html.matchAll(/href="([^"]*)"/g))
    expect(href).toMatch(/^(?:https?:|mailto:|[^:]*$)/i);
});
