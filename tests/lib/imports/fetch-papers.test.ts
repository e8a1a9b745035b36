import { expect, test } from "vitest";
import { fetchPapers } from "@/lib/imports/fetch-papers";
import { openNetwork } from "@/lib/net/fetch";
import { openFakeHub } from "@/tests/hub";
import { openTestLibrary } from "@/tests/library";

const { db } = openTestLibrary();
const hub = openFakeHub();

const entryOf = (id: string) =>
  `<entry><id>http://arxiv.org/abs/${id}v1</id><title>Lamps of ${id}</title><summary>They shine.</summary></entry>`;
const feedOf = (ids: string[]) =>
  `<feed xmlns="http://www.w3.org/2005/Atom"><id>http://arxiv.org/api/x</id>${ids.map(entryOf).join("")}</feed>`;
const ids = Array.from({ length: 150 }, (_, at) => `2408.${String(at).padStart(5, "0")}`);

async function fetchAll(): Promise<number> {
  const network = openNetwork({ trusted: [hub.url()], tries: 1 });
  try {
    await fetchPapers(db(), { network, arxivApi: hub.url() }, ids);
    return await db().paper.count();
  } finally {
    await network.close();
  }
}

test("papers are fetched by their ids, 100 at a time", async () => {
  const asked: number[] = [];
  hub.answers((url, response) => {
    const some = url.searchParams.get("id_list")?.split(",") ?? [];
    asked.push(some.length);
    response.end(feedOf(some));
  });
  expect(await fetchAll()).toBe(150);
  expect(asked).toEqual([100, 50]);
});

test("if arXiv fails, the papers fetched before stay", async () => {
  let requests = 0;
  hub.answers((url, response) => {
    if (requests++ === 0) response.end(feedOf(url.searchParams.get("id_list")?.split(",") ?? []));
    else response.writeHead(503).end();
  });
  expect(await fetchAll()).toBe(100);
});
