import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { openFront } from "@/lib/http/front";
import { readPageScripts } from "@/lib/http/page-scripts";
import { renderWith } from "@/lib/http/render";
import { expect, test } from "./test";

let server: Server;
test.afterEach(() => server.close());
test.use({ expectedErrors: [/violates the following Content Security Policy/] });

test("the content security policy blocks an inline script that is not ours", async ({ page, baseURL }) => {
  const { island } = readPageScripts();
  const injected = `<script type="module">document.title = "injected"</script><img src="data:," onerror="document.title = 'injected'">`;
  const ours = "document.documentElement.dataset.ours = 'ran'";
  const front = openFront(
    renderWith(async (_, response) => {
      response.setHeader("Content-Type", "text/html; charset=utf-8");
      response.end(`<!doctype html><title>safe</title>${injected}<script type="module">${ours}</script>`);
    }),
    { revision: "1", problem: null, importing: false, orders: {} },
    [],
    undefined,
    [island, ours],
  );
  server = createServer((request, response) => void front(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // an AddressInfo, because it listens on a port
  // Served as a page of the site, because a request to another host fails the test.
  await page.route(`${baseURL}/injected`, async (route) =>
    route.fulfill({ response: await route.fetch({ url: `http://127.0.0.1:${port}/` }) }),
  );
  await page.goto("/injected");
  await expect(page.locator("html")).toHaveAttribute("data-ours", "ran");
  await expect(page).toHaveTitle("safe");
});
