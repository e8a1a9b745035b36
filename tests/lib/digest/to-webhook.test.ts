import { expect, test } from "vitest";
import { toWebhookBody, type WebhookKind } from "@/lib/digest/to-webhook";
import { hostilePapers, makeDigest, makePaper, site } from "./made-digest";

const bodyOf = (kind: WebhookKind, digest = makeDigest(hostilePapers(60))) =>
  JSON.parse(toWebhookBody(kind, digest, site).body);

/** All strings of a JSON value that are under one of these names. */
function textsOf(value: unknown, names: string[]): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) =>
    typeof one === "string" && names.includes(name) ? [one] : textsOf(one, names),
  );
}
/** The text of encoded words. White space between them is not part of it. */
const decodeWords = (header: string) =>
  header
    .split(" ")
    .map((word) => Buffer.from(word.slice("=?UTF-8?B?".length, -2), "base64").toString())
    .join("");
const lengthOf = (texts: string[]) => texts.join("").length;

test("JSON has the digest and its papers as the API has them, and is the same each time", () => {
  const paper = makePaper();
  const digest = makeDigest([paper, makePaper()]);
  const { headers, body } = toWebhookBody("json", digest, site);
  expect(headers).toEqual({ "Content-Type": "application/json" });
  const { figure: _, highlights: _2, ...record } = paper;
  expect(JSON.parse(body)).toEqual({
    type: "digest",
    timestamp: "2025-12-12T02:30:00.000Z", // 9:30 pm in New York
    data: {
      ...{ name: "Daily papers", q: "", rhythm: "daily", day: "2025-12-11", total: 2 },
      papers: [{ ...record, url: `${site}/papers/${paper.id}` }, expect.anything()],
    },
  });
  expect(toWebhookBody("json", digest, site).body).toBe(body);
});

test("Slack gets a header and a block for each paper", () => {
  const paper = makePaper({ title: "Tea & <kettles>" });
  const { text, blocks } = bodyOf("slack", makeDigest([paper]));
  expect(text).toBe("Daily papers, 11 December: 1 paper");
  expect(blocks).toEqual([
    { type: "header", text: { type: "plain_text", text, emoji: false } },
    {
      type: "rich_text",
      elements: [
        {
          type: "rich_text_section",
          elements: [
            {
              type: "link",
              url: `${site}/papers/${paper.id}`,
              text: "Tea & <kettles>",
              style: { bold: true },
            },
            {
              type: "text",
              text: "\nWe propose a kettle that listens to water.\nAda L., Alan T. +1 · 12 upvotes · 2 comments",
            },
          ],
        },
      ],
    },
  ]);
});

test("the longest digest is within Slack's limits, and its text mentions nobody", () => {
  const digest = makeDigest(hostilePapers(60), { name: `<!channel> & ${"x".repeat(500)}` });
  const { text, blocks } = bodyOf("slack", digest);
  expect(text).toMatch(/^&lt;!channel&gt; &amp; x/);
  expect(blocks.length).toBeLessThanOrEqual(50);
  expect(blocks[0].text.text.length).toBeLessThanOrEqual(150);
  expect(JSON.stringify(blocks).length).toBeLessThanOrEqual(13_000);
  expect(blocks.at(-1).elements[0].elements[0].text).toBe(`And ${62 - blocks.length} more papers`);
});

test("Discord gets an embed for each of ten papers, with its Markdown escaped and nobody mentioned", () => {
  const paper = makePaper({ title: "A *bold* _kettle_ for @everyone" });
  const { content, allowed_mentions, embeds } = bodyOf("discord", makeDigest([paper]));
  expect(content).toBe(`**Daily papers, 11 December\\: 1 paper**\n<${site}/papers/date/2025-12-11>`);
  expect(allowed_mentions).toEqual({ parse: [] });
  expect(embeds).toEqual([
    {
      title: "A \\*bold\\* \\_kettle\\_ for \\@everyone",
      url: `${site}/papers/${paper.id}`,
      description: "We propose a kettle that listens to water.",
      footer: { text: "Ada L., Alan T. +1 · 12 upvotes · 2 comments" },
    },
  ]);
});

test("the longest digest is within Discord's limits", () => {
  const { content, embeds } = bodyOf("discord", makeDigest(hostilePapers(60), { name: "*".repeat(5000) }));
  expect(content.length).toBeLessThanOrEqual(2000);
  expect(embeds).toHaveLength(10);
  for (const { title, description, footer } of embeds) {
    expect(title.length).toBeLessThanOrEqual(256);
    expect(description.length).toBeLessThanOrEqual(4096);
    expect(footer.text.length).toBeLessThanOrEqual(2048);
  }
  expect(lengthOf(textsOf(embeds, ["title", "description", "text"]))).toBeLessThanOrEqual(6000);
});

test("ntfy gets the titles as text, and opens the edition", () => {
  const [one, two] = [makePaper({ title: "Tea" }), makePaper({ title: "Más té" })];
  expect(toWebhookBody("ntfy", makeDigest([one, two]), site)).toEqual({
    headers: {
      "Content-Type": "text/plain; charset=utf-8",
      Title: "Daily papers, 11 December: 2 papers",
      Click: `${site}/papers/date/2025-12-11`,
      Tags: "newspaper",
    },
    body: "• Tea\n• Más té",
  });
});

test("the longest digest is within ntfy's limit, and its title is ASCII in words of at most 75 characters", () => {
  const name = `神経の${"🫖".repeat(30)}\r\nX: y`;
  const { headers, body } = toWebhookBody("ntfy", makeDigest(hostilePapers(60), { name }), site);
  expect(Buffer.byteLength(body)).toBeLessThanOrEqual(4096);
  expect(body).toMatch(/\nAnd \d+ more papers$/);
  expect(headers.Title).toMatch(/^[\x21-\x7e]+( [\x21-\x7e]+)*$/);
  for (const word of headers.Title?.split(" ") ?? []) expect(word.length).toBeLessThanOrEqual(75);
  expect(decodeWords(headers.Title ?? "")).toBe(`神経の${"🫖".repeat(30)} X: y, 11 December: 60 papers`);
  for (const value of Object.values(headers)) expect(value).toMatch(/^[\x20-\x7e]*$/);
});
