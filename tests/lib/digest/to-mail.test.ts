import { load } from "cheerio";
import { expect, test } from "vitest";
import { toMail } from "@/lib/digest/to-mail";
import { hostilePapers, links, makeDigest, makePaper, site } from "./made-digest";

/** The document as browsers read it. Any error in it fails the test. */
function parse(html: string) {
  const errors: string[] = [];
  const page = load(html, { onParseError: ({ code }) => errors.push(code) });
  expect(errors).toEqual([]);
  return page;
}

const toSpaces = (text: string) => text.replaceAll("\u00a0", " ");
const titles = "h2[dir], h3";

const addressesIn = (html: string) =>
  parse(html)("a")
    .toArray()
    .map((link) => link.attribs.href ?? "");

test("a mail has a subject with date and number, and every paper with its sentence, facts and links", async () => {
  const papers = [
    makePaper({
      title: "Tea \\& $O(n^2)$ kettles",
      organization: { name: "kettles", fullName: "Kettle Lab" },
      code: { url: "https://code.example/kettle", stars: 12_345 },
    }),
    makePaper({ summary: { text: "A pot that pours.", source: "hub" }, upvotes: 1, commentCount: 1 }),
    makePaper({
      arxivId: null,
      abstract: null,
      authors: [],
      authorCount: null,
      upvotes: null,
      commentCount: null,
    }),
  ];
  const { subject, text, html } = await toMail(makeDigest(papers), links);
  expect(subject).toBe("Daily papers, 11 December: 3 papers");
  const page = parse(html);
  expect(page("h1").text()).toBe("Thursday, 11 December 2025");
  const headings = page("h2").map((_, heading) => page(heading).text());
  expect(headings.get()).toEqual(["Tea & $O(n^2)$ kettles", "More of the day"]);
  const rows = page(titles)
    .toArray()
    .map((title) =>
      [title, ...page(title).siblings("p").toArray()].map((part) => toSpaces(page(part).text())),
    );
  expect(rows).toEqual([
    [
      "Tea & $O(n^2)$ kettles",
      "We propose a kettle that listens to water.",
      "Ada L., Alan T. +1 · Kettle Lab · 12 upvotes · 2 comments · arXiv · code 12K★",
    ],
    [papers[1]?.title, "A pot that pours.", "Ada L., Alan T. +1 · 1 upvote · 1 comment · AI summary · arXiv"],
    [papers[2]?.title],
  ]);
  expect(addressesIn(html)).toEqual([
    `${site}/papers/date/2025-12-11`,
    ...papers.flatMap(({ id, arxivId, code }) => [
      `${site}/papers/${id}`,
      ...(arxivId ? [`https://arxiv.org/abs/${arxivId}`] : []),
      ...(code ? [code.url] : []),
    ]),
    links.manage,
    links.leave,
    `${site}`,
  ]);
  for (const { id, arxivId } of papers) {
    expect(text).toContain(`  ${site}/papers/${id}\n`);
    if (arxivId) expect(text).toContain(`  https://arxiv.org/abs/${arxivId}\n`);
  }
  expect(text).toContain("Tea & $O(n^2)$ kettles\n  We propose a kettle that listens to water.\n  Ada L.");
  for (const line of [`Manage: ${links.manage}`, `Unsubscribe: ${links.leave}`, `Broadsheet: ${site}`])
    expect(text.split("\n")).toContain(line);
});

test("the HTML loads nothing from elsewhere, and says its language and its color schemes", async () => {
  const { html } = await toMail(makeDigest([makePaper(), makePaper()]), links);
  const page = parse(html);
  expect(page("html").attr("lang")).toBe("en");
  expect(page('meta[name="color-scheme"]').attr("content")).toBe("light dark");
  expect(page("style").text()).toContain("@media (prefers-color-scheme:dark)");
  expect(page("img, script, link, iframe, object, form, svg, video, [background], [src]").length).toBe(0);
  expect(html).not.toMatch(/url\(|@import|@font-face/);
  expect(page("body > div").first().text()).toMatch(/^Kettles .* · Kettles /);
  const colored = page("h1, h2, h3, p, a").toArray();
  // What dark mode changes has a color in light mode too, for programs without style sheets.
  for (const element of colored.filter(({ attribs }) => attribs.class))
    expect(element.attribs.style).toMatch(/;color:#[0-9a-f]{6}$/);
});

test("hostile titles, names and addresses stay text, on one line", async () => {
  const digest = makeDigest(hostilePapers(3), { name: 'x\r\nBcc: all@papers.example\u2028\u202e"><script>' });
  const { subject, html, text } = await toMail(digest, links);
  expect(subject).toBe('x Bcc: all@papers.example "><script>, 11 December: 3 papers');
  const page = parse(html);
  expect(page("script, img, b, i, [onclick], [onerror]").length).toBe(0);
  expect(
    addressesIn(html).filter(
      (address) => !/^https:\/\/(papers\.example|arxiv\.org)(\/[^"<>]*)?$/.test(address),
    ),
  ).toEqual([]);
  expect(text).not.toContain("\r");
});

test("60 papers with the longest texts stay below 100 KB, and the mail says how many it leaves out", async () => {
  const papers = hostilePapers(60);
  const { html } = await toMail(makeDigest(papers), links);
  const page = parse(html);
  expect(Buffer.byteLength(html)).toBeLessThanOrEqual(100_000);
  const shown = page(titles).length;
  expect(shown).toBeGreaterThan(10);
  expect(page(`a[href="${site}/papers/date/2025-12-11"]`).last().text()).toBe(
    `And ${60 - shown} more papers`,
  );
});

test("a digest with more papers than it shows says so, in HTML and in text", async () => {
  const digest = makeDigest([makePaper(), makePaper()], {
    keys: Array.from({ length: 40 }, (_, key) => key),
  });
  const { subject, text, html } = await toMail(digest, links);
  expect(subject).toBe("Daily papers, 11 December: 40 papers");
  expect(text).toContain(`And 38 more papers:\n${site}/papers/date/2025-12-11\n`);
  expect(parse(html)("a").text()).toContain("And 38 more papers");
});

test("lines of the text have at most 72 characters, except addresses", async () => {
  const { text } = await toMail(
    makeDigest([makePaper({ title: "A kettle ".repeat(30) }), makePaper()]),
    links,
  );
  const long = text.split("\n").filter((line) => line.length > 72);
  expect(long).toEqual([]);
  expect(text).toMatch(
    /^Daily papers\nThursday, 11 December 2025 · 2 papers\nhttps:\S+\n\n={72}\n\nA kettle/,
  );
});

test("a weekly digest of a search names the days of its week, and leads to the search", async () => {
  const digest = makeDigest([makePaper()], {
    ...{ name: "weight sharing", q: "weight sharing", rhythm: "weekly", day: "2026-01-04" },
  });
  const { subject, html, text } = await toMail(digest, links);
  expect(subject).toBe("weight sharing, 29 December 2025 to 4 January: 1 paper");
  expect(parse(html)("h1").text()).toBe("29 December 2025 to 4 January 2026");
  expect(text).toContain("29 December 2025 to 4 January 2026 · 1 paper, most upvotes first\n");
  expect(addressesIn(html)[0]).toBe(`${site}/papers?q=weight+sharing&sort=newest`);
  expect(text).toContain("You get this mail every week because you subscribed to “weight sharing”.");
});

test("what rose this week comes after the papers", async () => {
  const rising = [{ id: "2512.90001", title: "Slow tea", gained: 1234 }];
  const { html, text } = await toMail(makeDigest([makePaper()], { rising }), links);
  expect(parse(html)("h2").last().text()).toBe("Rising this week");
  expect(text).toContain(`RISING THIS WEEK\n\n+1,234 Slow tea\n  ${site}/papers/2512.90001\n`);
});
