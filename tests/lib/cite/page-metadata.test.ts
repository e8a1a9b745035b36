import { expect, test } from "vitest";
import { toCitationMeta } from "@/lib/cite/citation-meta";
import { toCoins } from "@/lib/cite/coins";
import { items, toItem } from "./items";

const [complete = toItem({}), textOnly = toItem({})] = items;

test("COinS name the title, each author in order, the day, the DOI and the address", () => {
  expect([...new URLSearchParams(toCoins(complete.paper))]).toEqual([
    ["ctx_ver", "Z39.88-2004"],
    ["rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"],
    ["rft.type", "preprint"],
    ["rft.title", complete.paper.title],
    ...[
      "Smith, Jane",
      "van der Berg, Jan",
      "Van Kettle, Luc",
      "Cup, Sam, Jr.",
      "OpenKettle Team",
      "李, 小茶",
    ].map((name) => ["rft.creator", name]),
    ["rft.date", "2025-08-06"],
    ["rft_id", "info:doi/10.48550/arXiv.2508.99001"],
    ["rft.identifier", "https://arxiv.org/abs/2508.99001"],
  ]);
  expect(toCoins(textOnly.paper)).not.toMatch(/creator|preprint|doi/);
});

test("a paper's page has the tags that Zotero and Google Scholar read, each author in order", () => {
  const tags = toCitationMeta(complete, "http://localhost:3000").map(({ name, content }) => [name, content]);
  expect(tags.filter(([name]) => name === "citation_author").map(([, content]) => content)).toEqual([
    ...[
      "Smith, Jane",
      "van der Berg, Jan",
      "Van Kettle, Luc",
      "Cup, Sam, Jr.",
      "OpenKettle Team",
      "李, 小茶",
    ],
  ]);
  expect(Object.fromEntries(tags)).toMatchObject({
    citation_title: complete.paper.title,
    citation_publication_date: "2025/08/06",
    citation_doi: "10.48550/arXiv.2508.99001",
    citation_arxiv_id: "2508.99001",
    citation_pdf_url: "https://arxiv.org/pdf/2508.99001",
    citation_public_url: "https://arxiv.org/abs/2508.99001",
    citation_abstract_html_url: "http://localhost:3000/papers/2508.99001",
    "z:itemType": "preprint",
  });
});

test("a paper known only by its text is no preprint, and its public address is its page", () => {
  const tags = toCitationMeta(textOnly, "http://localhost:3000");
  expect(tags.map(({ name }) => name)).toEqual([
    ...["citation_title", "citation_publication_date", "citation_abstract", "citation_public_url"],
    "citation_abstract_html_url",
  ]);
  expect(tags.at(-1)?.content).toBe("http://localhost:3000/papers/t-0123456789ab");
});
