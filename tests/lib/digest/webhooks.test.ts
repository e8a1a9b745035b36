import { createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  addWebhook,
  enableWebhook,
  findWebhooks,
  isWebhookAddress,
  maxWebhooks,
  testWebhook,
} from "@/lib/digest/webhooks";
import { addEdition, day, later, noonAfter, run } from "@/tests/digest-library";
import { openTestLibrary } from "@/tests/library";

const { db } = openTestLibrary();

type Post = { path: string; headers: IncomingHttpHeaders; body: string };
let server: Server;
let base = "";
let posts: Post[] = [];
/** How the server answers, by the path. */
const answers: Record<string, [status: number, location?: string]> = {
  "/busy": [503],
  "/gone": [410],
  "/moved": [307, "http://127.0.0.1:1/secret"],
};

beforeEach(async () => {
  posts = [];
  server = createServer(async (request, response) => {
    const { url: path = "", headers } = request;
    posts.push({ path, headers, body: await text(request) });
    const [status, location] = answers[path] ?? [200];
    response.writeHead(status, location ? { location } : {}).end("a long answer");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // it listens on a port
  process.env.WEBHOOKS_PRIVATE = "on";
});
afterEach(() => {
  delete process.env.WEBHOOKS_PRIVATE;
  server.close();
  server.closeAllConnections();
});

const add = async (path: string, q = "") =>
  (await addWebhook("local", { name: path, url: base + path, kind: "json", q }, new Date("2025-12-01"))) ?? 0;
const log = async () => (await findWebhooks("local")).map(({ deliveries: [last] }) => last?.answer ?? null);

test("an edition is posted once, signed as Standard Webhooks says", async () => {
  await addEdition(db(), ["Tea"]);
  await add("/hook");
  expect((await run(db(), noonAfter)).all).toBe(true);
  await run(db(), later(noonAfter, 10));
  expect(posts.map(({ path }) => path)).toEqual(["/hook"]);
  const { headers, body } = posts[0] as Post; // it was counted just above
  const [webhook] = await findWebhooks("local");
  expect(webhook?.secret).toMatch(/^whsec_[\w+/]{32}$/);
  const { "webhook-id": id, "webhook-timestamp": at, "webhook-signature": signature } = headers;
  const key = Buffer.from(webhook?.secret.slice(6) ?? "", "base64");
  const expected = createHmac("sha256", key).update(`${id}.${at}.${body}`).digest("base64");
  expect([signature, at]).toEqual([`v1,${expected}`, String(noonAfter.getTime() / 1000)]);
  expect(JSON.parse(body)).toMatchObject({ type: "digest", data: { q: "", day } });
  expect(await log()).toEqual(["200 OK"]);
});

test("a search without new papers posts nothing", async () => {
  await addEdition(db(), ["Tea"]);
  await add("/hook", "kettles");
  await run(db(), noonAfter);
  expect(posts).toEqual([]);
});

test("a busy server is asked again with the same id, and a webhook that is gone is disabled", async () => {
  await addEdition(db(), ["Tea"]);
  await add("/busy");
  await add("/gone");
  const { lines } = await run(db(), noonAfter);
  expect(lines.join("\n")).toMatch(
    /webhook \d+ \(\/busy\): not sent yet: 503 Service Unavailable, next attempt at 2025-12-12T12:01/,
  );
  expect(lines.join("\n")).toMatch(/webhook \d+ \(\/gone\): not sent: 410 Gone\n/);
  await run(db(), later(noonAfter, 1));
  const ids = posts.filter(({ path }) => path === "/busy").map(({ headers }) => headers["webhook-id"]);
  expect([ids.length, new Set(ids).size]).toEqual([2, 1]);
  const [busy, gone] = await findWebhooks("local");
  expect([busy?.disabledAt, gone?.disabledAt]).toEqual([null, noonAfter]);
  await enableWebhook("local", gone?.id ?? 0);
  expect((await findWebhooks("local"))[1]).toMatchObject({ disabledAt: null, failures: 0 });
});

test("redirects are not followed, and private addresses are refused unless the operator allows them", async () => {
  await addEdition(db(), ["Tea"]);
  const moved = await add("/moved");
  await testWebhook("local", moved, noonAfter);
  expect(await log()).toEqual(["307 Temporary Redirect: redirects are not followed"]);
  delete process.env.WEBHOOKS_PRIVATE;
  const sent = posts.length;
  await testWebhook("local", moved, noonAfter);
  expect(await log()).toEqual(["expected a public address, got 127.0.0.1, a private one"]);
  await db().webhook.updateMany({ data: { url: base.replace("127.0.0.1", "localhost") } });
  await testWebhook("local", moved, noonAfter);
  expect((await log())[0]).toMatch(/^expected a public address, got localhost, which is .*, a private one$/);
  expect(posts).toHaveLength(sent);
});

test("addresses are checked when they are added, and a reader has a limited number", async () => {
  const isAllowed = (url: string, webhooksPrivate = false) => isWebhookAddress(url, { webhooksPrivate });
  expect(isAllowed("https://ada:secret@hooks.example/")).toBe(false);
  for (const url of ["https://hooks.example/x", "http://hooks.example"])
    expect(isAllowed(url), url).toBe(true);
  for (const url of [
    "ftp://hooks.example",
    "javascript:alert(1)",
    "hooks.example",
    "http://10.0.0.1/",
    "http://[::1]/",
    "http://0x7f.1/",
  ])
    expect(isAllowed(url), url).toBe(false);
  expect(isAllowed("http://10.0.0.1/", true)).toBe(true);
  for (let at = 0; at < maxWebhooks; at++) expect(await add(`/${at}`)).toBeGreaterThan(0);
  expect(await add("/more")).toBe(0);
  expect(await testWebhook("other", 1, noonAfter)).toBe(false);
});
