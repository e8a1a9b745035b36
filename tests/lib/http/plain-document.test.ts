import { expect, test } from "vitest";
import { withoutNextClient } from "@/lib/http/without-next-client";

test("Next's scripts and data and React's markers are removed, and all else stays unchanged", () => {
  const html = [
    '<head><link rel="stylesheet" href="/a.css"/><link rel="preload" as="script" fetchPriority="low" href="/a.js"/>',
    '<script src="/_next/static/a.js" async=""></script></head><body><p>1 &lt; 2<!-- --> papers &lt;!-- no --></p>',
    '<script type="module">go()</script><script id="_R_">x()</script>',
    '<script>self.__next_f.push([1,"\\u003c/script>"])</script></body>',
  ].join("");
  expect(withoutNextClient(html)).toBe(
    '<head><link rel="stylesheet" href="/a.css"/></head><body><p>1 &lt; 2 papers &lt;!-- no --></p><script type="module">go()</script></body>',
  );
});

test("our script in <head> is moved before the style sheets", () => {
  const body = '</head><body><script type="text/javascript">no()</script></body>';
  expect(
    withoutNextClient(
      `<head><meta charSet="utf-8"/><link rel="stylesheet" href="/a.css"/><script type="text/javascript">keep()</script>${body}`,
    ),
  ).toBe(
    `<head><meta charSet="utf-8"/><script type="text/javascript">keep()</script><link rel="stylesheet" href="/a.css"/>${body}`,
  );
  expect(withoutNextClient(`<head><link href="/a.css"/>${body}`)).toBe(`<head><link href="/a.css"/>${body}`);
});
