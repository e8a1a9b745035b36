import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterEach, expect, test, vi } from "vitest";
import type { LibraryState } from "@/lib/db/watch";
import { setProblem, setStatus, share, shareUntil, streamed } from "@/lib/http/answer";
import { openFront } from "@/lib/http/front";
import { renderWith } from "@/lib/http/render";
import { unknownReason } from "@/lib/http/unavailable";

let server: Server | undefined;
afterEach(() => {
  vi.useRealTimers();
  server?.close();
});

type Page = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;

/** Opens a front for the given pages. `ask` sends a request, `rendered` lists the addresses of the pages rendered. */
async function open(
  pages: Record<string, Page>,
  scripts: string[] = [],
  checkLibrary?: (library: LibraryState) => Promise<void>,
  megabytes?: { pages: number; queries: number },
) {
  const library: LibraryState = { revision: "1", problem: null, importing: false, orders: {} };
  const rendered: string[] = [];
  const front = openFront(
    renderWith(async (request, response) => {
      const path = request.url ?? "";
      rendered.push(path);
      await (pages[path] ?? pages["*"])?.(request, response);
    }),
    library,
    ["papers.example"],
    checkLibrary && (() => checkLibrary(library)),
    scripts,
    megabytes,
  );
  server = createServer((request, response) => void front(request, response));
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // it listens at a port
  const ask = (path: string, headers: Record<string, string> = {}, method = "GET") =>
    new Promise<{ status: number; headers: IncomingMessage["headers"]; body: Buffer }>((resolve, reject) => {
      request({ host: "127.0.0.1", port, path, method, headers }, async (answer) => {
        const body = Buffer.concat(await answer.toArray());
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body });
      })
        .on("error", reject)
        .end();
    });
  return { library, rendered, ask, port };
}

const html = (response: ServerResponse, body: string) => {
  response.setHeader("Content-Type", "text/html; charset=utf-8");
  response.write(body.slice(0, 10));
  response.end(body.slice(10));
};
const long = `<p>${"words ".repeat(500)}</p>`;
const shared =
  (address: string): Page =>
  (_, response) => {
    share(address);
    html(response, long);
  };

test("a shared page is rendered once per revision", async () => {
  const { ask, rendered, library } = await open({ "/a": shared("/a") });
  const first = await ask("/a");
  expect((await ask("/a")).body).toEqual(first.body);
  expect(rendered).toEqual(["/a"]);
  library.revision = "2";
  expect((await ask("/a", { "If-None-Match": first.headers.etag ?? "" })).status).toBe(304);
  expect(rendered).toEqual(["/a", "/a"]);
});

test("several requests at once for an outdated cached page render it once", async () => {
  let release = () => {};
  const { ask, rendered, library } = await open({
    "/a": async (request, response) => {
      if (rendered.length === 2)
        await new Promise<void>((resolve) => {
          release = resolve;
        });
      return shared("/a")(request, response);
    },
    "/b": (_, response) => void response.end(),
  });
  const first = await ask("/a");
  library.revision = "2";
  const one = ask("/a");
  await expect.poll(() => rendered).toHaveLength(2);
  const others = [ask("/a"), ask("/a")];
  await ask("/b"); // by then the requests before it have arrived
  release();
  for (const { body } of await Promise.all([one, ...others])) expect(body).toEqual(first.body);
  expect(rendered).toEqual(["/a", "/a", "/b"]);
});

test("after a health answer, no page is older than that answer", async () => {
  const { ask, rendered } = await open({ "*": shared("/") }, [], async (library) => {
    library.revision = "2";
  });
  await ask("/");
  await ask("/api/health");
  await ask("/");
  expect(rendered).toEqual(["/", "/api/health", "/"]);
});

/**
 * A front whose pages count renderings. During an import, a rendering waits until its function in `waiting` is called. Time
 * stands still, so that no page gets too old.
 */
async function openImporting(checkLibrary?: (library: LibraryState) => Promise<void>) {
  vi.useFakeTimers({ toFake: ["performance"] });
  vi.advanceTimersByTime(1000);
  const waiting: (() => void)[] = [];
  let times = 0;
  const opened = await open(
    {
      "*": async (request, response) => {
        if (request.url?.startsWith("/api/") || request.method === "PUT") return void response.end();
        const time = ++times;
        if (opened.library.importing) await new Promise<void>((resolve) => waiting.push(resolve));
        share(request.url ?? "");
        response.end(`${time}`);
      },
    },
    [],
    checkLibrary,
  );
  const text = async (path: string, headers = {}) => (await opened.ask(path, headers)).body.toString();
  return { ...opened, text, waiting };
}

test("during an import, a cached page is sent at once and rendered again in the background, but a reload waits", async () => {
  const { text, waiting, library } = await openImporting();
  expect(await text("/")).toBe("1");
  Object.assign(library, { revision: "2", importing: true });
  for (const _ of [1, 2, 3]) expect(await text("/")).toBe("1");
  expect(waiting).toHaveLength(1);
  const reload = text("/", { "Cache-Control": "max-age=0" });
  await text("/api/v1/papers"); // by then the reload has arrived
  waiting[0]?.();
  expect(await reload).toBe("2");
  expect(await text("/")).toBe("2");
});

test("once an import is over, no outdated page is sent", async () => {
  const { text, waiting, library } = await openImporting();
  expect(await text("/")).toBe("1");
  Object.assign(library, { revision: "2", importing: true });
  expect(await text("/")).toBe("1");
  Object.assign(library, { revision: "3", importing: false });
  const page = text("/");
  await text("/api/v1/papers"); // by then the request for the page has arrived
  waiting[0]?.();
  expect(await page).toBe("3");
});

test("during an import, pages are rendered in the background one after another", async () => {
  const { text, waiting, library } = await openImporting();
  const pages = ["/", "/b", "/c"];
  for (const page of pages) await text(page);
  Object.assign(library, { revision: "2", importing: true });
  for (const page of pages) await text(page);
  for (const count of [1, 2, 3]) {
    await expect.poll(() => waiting).toHaveLength(count);
    waiting[count - 1]?.();
  }
  await expect
    .poll(async () => [await text("/"), await text("/b"), await text("/c")])
    .toEqual(["4", "5", "6"]);
});

test("during an import, a mark does not make cached pages outdated, but a health answer does", async () => {
  const { ask, text, waiting, library } = await openImporting(async (library) => {
    library.revision = "3";
  });
  expect(await text("/")).toBe("1");
  Object.assign(library, { revision: "2", importing: true });
  await ask("/api/v1/bookmarks/2601.00001", {}, "PUT");
  expect(library.revision).toBe("2");
  await ask("/api/health");
  const page = text("/");
  await expect.poll(() => waiting).toHaveLength(1);
  waiting[0]?.();
  expect(await page).toBe("2");
});

test("six pages are rendered at a time, the others in the order they came, and a change waits for none of them", async () => {
  const going = new Map<string, () => void>();
  const { ask, rendered } = await open({
    "*": async (request, response) => {
      if (request.method === "GET")
        await new Promise<void>((resolve) => going.set(request.url ?? "", resolve));
      response.end();
    },
  });
  const pages = ["/1", "/2", "/3", "/4", "/5", "/6", "/7", "/8"];
  const answers: Promise<unknown>[] = [];
  for (const [index, page] of pages.entries()) {
    answers.push(ask(page));
    if (index < 6) await expect.poll(() => rendered).toContain(page);
  }
  await ask("/refresh", {}, "POST");
  expect(rendered).toEqual([...pages.slice(0, 6), "/refresh"]);
  going.get("/3")?.();
  await expect.poll(() => rendered.at(-1)).toBe("/7");
  going.get("/7")?.();
  await expect.poll(() => rendered.at(-1)).toBe("/8");
  for (const go of going.values()) go();
  await Promise.all(answers);
});

test("if the library fails, checks are answered at once, and pages that wait are not rendered", async () => {
  const going: (() => void)[] = [];
  const { ask, rendered, library } = await open({
    "/api/ready": (_, response) => void response.end("ready"),
    "/unavailable": (_, response) => html(response, unknownReason),
    "*": async (_, response) => {
      await new Promise<void>((resolve) => going.push(resolve));
      response.end();
    },
  });
  const first = ["/1", "/2", "/3", "/4", "/5", "/6"].map((page) => ask(page));
  await expect.poll(() => going).toHaveLength(6);
  const late = ask("/7", { Accept: "text/html" });
  expect((await ask("/api/ready")).body.toString()).toBe("ready"); // by then the page has arrived
  library.problem = "it does not respond";
  expect((await ask("/8", { Accept: "text/html" })).status).toBe(503);
  for (const go of going) go();
  await Promise.all(first);
  const { status, body } = await late;
  expect([status, body.toString()]).toEqual([503, expect.stringContaining("it does not respond")]);
  expect(rendered).not.toContain("/7");
});

test("a request whose body breaks off is not passed on", async () => {
  const { rendered, port, ask } = await open({ "*": (_, response) => html(response, long) });
  const socket = connect(port, "127.0.0.1");
  socket.write(`POST /bookmarks HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: 100\r\n\r\nid=`);
  await ask("/a");
  socket.destroy();
  await ask("/b");
  expect(rendered).toEqual(["/a", "/b"]);
});

test("a page with the reader's data waits for a change in progress, but not for one that hangs", async () => {
  let bookmarks = "";
  let release = () => {};
  const { ask, rendered } = await open({
    "/bookmarks": async (_, response) => {
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      bookmarks = "a paper";
      response.end();
    },
    "/library": (_, response) => void response.end(bookmarks),
    "/topics": (_, response) => void response.end(bookmarks),
  });
  const change = ask("/bookmarks", {}, "POST");
  await expect.poll(() => rendered).toContain("/bookmarks");
  const own = ask("/library");
  expect((await ask("/topics")).body.toString()).toBe(""); // shared, so it does not wait
  release();
  expect((await own).body.toString()).toBe("a paper");
  await change;
  const hanging = ask("/bookmarks", {}, "POST");
  await expect.poll(() => rendered.filter((path) => path === "/bookmarks")).toHaveLength(2);
  expect((await ask("/library")).status).toBe(200);
  release();
  await hanging;
});

test("a page whose rendering began before a new revision is not cached for that revision", async () => {
  const { ask, rendered, library } = await open({
    "/a": (request, response) => {
      if (rendered.length === 1) library.revision = "2";
      return shared("/a")(request, response);
    },
  });
  for (const _ of [1, 2, 3]) await ask("/a");
  expect(rendered).toHaveLength(2);
});

test("a page is not cached if it is not shared, is shared under another address, fails, or is not plain HTML", async () => {
  const { ask, rendered } = await open({
    "/own": (_, response) => html(response, long),
    "/%61": shared("/a"),
    "/gone": (request, response) => {
      setStatus(404);
      return shared("/gone")(request, response);
    },
    "/a": shared("/a"),
  });
  for (const path of ["/own", "/%61", "/gone"]) {
    const [one, two] = [await ask(path), await ask(path)];
    expect([one.status, two.status]).toEqual(path === "/gone" ? [404, 404] : [200, 200]);
    expect(one.headers["cache-control"]).toBe("private, no-store");
  }
  for (const _ of [1, 2]) await ask("/a", { RSC: "1" });
  expect(rendered).toHaveLength(8);
  expect((await ask("/a")).headers["cache-control"]).toBe("private, no-cache");
});

test("made-up addresses and queries cannot evict a real page, however many there are", async () => {
  const answers: Record<string, Page> = {
    "/a": shared("/a"),
    "*": (request, response) => {
      if (request.url?.includes("?")) share(request.url);
      else setStatus(404);
      html(response, long);
    },
  };
  const { ask, rendered } = await open(answers, [], undefined, { pages: 0.01, queries: 0.01 });
  await ask("/a");
  await ask("/papers?q=first");
  for (let at = 0; at < 200; at++) {
    await Promise.all([ask(`/papers/${at}`), ask(`/papers?q=${at}`)]);
  }
  await ask("/papers?q=first");
  expect(rendered.filter((path) => path === "/papers?q=first")).toHaveLength(2); // the cache was full
  await ask("/a");
  expect(rendered.filter((path) => path === "/a")).toHaveLength(1);
});

test("an answer is sent in an encoding that the browser accepts, and not again if the browser has it", async () => {
  const { ask } = await open({ "/a": shared("/a") });
  const plain = await ask("/a");
  expect(plain.body.toString()).toBe(long);
  const gzip = await ask("/a", { "Accept-Encoding": "gzip" });
  expect([gzip.headers["content-encoding"], gunzipSync(gzip.body).toString()]).toEqual(["gzip", long]);
  const br = await ask("/a", { "Accept-Encoding": "gzip, deflate, br, zstd" });
  expect([br.headers["content-encoding"], brotliDecompressSync(br.body).toString()]).toEqual(["br", long]);
  for (const [accepted, sent] of [
    ["br;q=0, identity", undefined],
    ["br;q=0.2, gzip;q=0.9", "gzip"],
    ["gzip;q=0.5, br;q=0.5", "br"],
    ["gzip;q=0.2, identity;q=0.9", undefined],
    ["*", "br"],
    ["br;q=0, *;q=0.1", "gzip"],
  ] as const)
    expect((await ask("/a", { "Accept-Encoding": accepted })).headers["content-encoding"], accepted).toBe(
      sent,
    );
  const etag = plain.headers.etag ?? "";
  for (const tags of [etag, `"other", ${etag}`, etag.replace("W/", ""), "*"]) {
    const again = await ask("/a", { "If-None-Match": tags });
    expect([again.status, again.body.length]).toEqual([304, 0]);
  }
  const head = await ask("/a", {}, "HEAD");
  expect([head.status, head.body.length, head.headers["content-length"]]).toEqual([200, 0, `${long.length}`]);
});

test("a document's policy allows only the inline scripts that we ship, by their hashes", async () => {
  const injected =
    '<script src="/x.js"></script><script type="module">alert(2)</script><script>alert(3)</script>';
  const { ask } = await open({ "/a": (_, response) => html(response, injected) }, ["alert(1)"]);
  expect((await ask("/a")).headers["content-security-policy"]).toContain(
    "script-src 'self' 'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI=';",
  );
});

test("only a document with a formula may use style attributes", async () => {
  const { ask } = await open({
    "/a": (_, response) => html(response, '<span class="katex">x</span>'),
    "/b": (_, response) => html(response, "<p>katex</p>"),
  });
  const policy = async (path: string) => (await ask(path)).headers["content-security-policy"];
  expect(await policy("/a")).toContain("style-src 'self'; style-src-attr 'unsafe-inline';");
  expect(await policy("/b")).not.toContain("unsafe-inline");
});

test("if the library is unavailable, cached pages are served and others say so", async () => {
  const { ask, library } = await open({
    "/a": shared("/a"),
    "/b": shared("/b"),
    "/unavailable": (_, response) => html(response, "<h1>Not now</h1>"),
  });
  await ask("/a");
  library.problem = "no such file";
  expect((await ask("/a")).status).toBe(200);
  const page = await ask("/b", { Accept: "text/html" });
  expect([page.status, page.body.toString()]).toEqual([503, "<h1>Not now</h1>"]);
  const line = "The library is unavailable: no such file.";
  expect(JSON.parse((await ask("/api/v1/papers")).body.toString())).toEqual({ error: line });
  expect((await ask("/me.css")).body.toString()).toBe(`Broadsheet: ${line}\n`);
});

test("if the library is unavailable, the health and ready checks still reach the program", async () => {
  const { ask, library } = await open({ "*": (request, response) => void response.end(request.url) });
  library.problem = "no such file";
  for (const path of ["/api/health", "/api/ready"]) expect((await ask(path)).body.toString()).toBe(path);
});

test("a health answer does not wait for a database that hangs", async () => {
  const { ask } = await open({ "*": (_, response) => void response.end() }, [], () => new Promise(() => {}));
  expect((await ask("/api/health")).status).toBe(200);
});

test("a change that the library prevents is answered with 503, the reason and Retry-After", async () => {
  const locked = "another program is writing to it";
  const { ask } = await open({
    "/bookmarks": (_, response) => {
      setProblem(locked);
      response.writeHead(503).end();
    },
    "/api/v1/undo": (_, response) => {
      setProblem(locked);
      response.writeHead(503).end();
    },
    "/unavailable": (_, response) => html(response, `<p>${unknownReason}</p>`),
  });
  const form = await ask("/bookmarks", { Accept: "text/html" }, "POST");
  expect([form.status, form.headers["retry-after"]]).toEqual([503, "5"]);
  expect(form.body.toString()).toBe(`<p>The library is unavailable: ${locked}.</p>`);
  const program = await ask("/api/v1/undo", {}, "POST");
  expect([program.status, program.headers["retry-after"]]).toEqual([503, "5"]);
  expect(JSON.parse(program.body.toString()).error).toContain(locked);
});

test("the error page cannot be requested, however its address is spelled", async () => {
  const { ask, rendered } = await open({ "*": (_, response) => html(response, long) });
  for (const path of ["/unavailable", "/%75navailable", "//unavailable/", "/a/../unavailable"])
    await ask(path);
  expect(rendered).toEqual(Array(4).fill("/nowhere"));
});

test("an answer unchanged since If-Modified-Since is not sent again, unless If-None-Match differs", async () => {
  const { ask } = await open({
    "/feeds/a": (_, response) => {
      response.setHeader("Last-Modified", "Thu, 11 Dec 2025 10:00:00 GMT");
      response.setHeader("Cache-Control", "public, max-age=900");
      response.setHeader("Content-Type", "application/atom+xml");
      response.end(long);
    },
  });
  const status = async (headers: Record<string, string>) => (await ask("/feeds/a", headers)).status;
  expect(await status({ "If-Modified-Since": "Thu, 11 Dec 2025 10:00:00 GMT" })).toBe(304);
  expect(await status({ "If-Modified-Since": "Thu, 11 Dec 2025 11:00:00 GMT" })).toBe(304);
  expect(await status({ "If-Modified-Since": "Thu, 11 Dec 2025 09:59:59 GMT" })).toBe(200);
  expect(await status({ "If-Modified-Since": "yesterday" })).toBe(200);
  expect(
    await status({ "If-Modified-Since": "Thu, 11 Dec 2025 11:00:00 GMT", "If-None-Match": '"other"' }),
  ).toBe(200);
});

test("a request with two Host headers is refused", async () => {
  const { rendered, port } = await open({ "*": (_, response) => html(response, long) });
  const socket = connect(port, "127.0.0.1");
  socket.end("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
  expect(Buffer.concat(await socket.toArray()).toString()).toContain("400 Bad Request");
  expect(rendered).toEqual([]);
});

test("a page that fails is answered with the error page", async () => {
  const { ask } = await open({
    "/a": (_, response) => {
      response.statusCode = 500;
      response.end("a trace");
    },
    "/unavailable": (_, response) => html(response, "<h1>Not now</h1>"),
  });
  const page = await ask("/a", { Accept: "text/html" });
  expect([page.status, page.body.toString()]).toEqual([503, "<h1>Not now</h1>"]);
});

test.each([
  ["GET", "/a", { Host: "evil.example" }, 421],
  ["POST", "/bookmarks", { Host: "evil.example" }, 421],
  ["POST", "/bookmarks", { Origin: "https://evil.example" }, 403],
  ["PUT", "/api/v1/bookmarks/x", { "Sec-Fetch-Site": "same-site" }, 403],
  ["GET", "/me.css?ids=a", { "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors" }, 403],
  ["GET", "/api/v1/papers", { "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors" }, 403],
  ["GET", "/library", { "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate" }, 200],
  ["GET", "/topics", { "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors" }, 200],
  ["GET", "/a", { "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors" }, 403],
  ["GET", "/%ff", {}, 400],
  ["GET", "/%00", {}, 400],
  ["GET", "http://evil.example/", {}, 400],
  ["POST", "/bookmarks", { "Content-Length": "1048577" }, 413],
  ["POST", "/add/preview", { "Content-Length": "22020097" }, 413],
  ["POST", "/add/save", { "Content-Length": "1048577" }, 413],
  ["POST", "/bookmarks", { "Transfer-Encoding": "chunked" }, 411],
  ["POST", "/papers", { "Next-Action": "x" }, 405],
  ["TRACE", "/bookmarks", {}, 405],
  ["GET", "/bookmarks", {}, 405],
  ["GET", "/_next/image?url=%2Fscreenshot.png&w=64&q=75", {}, 404],
  ["GET", "/_next/webpack-hmr", {}, 404],
  ["GET", "/%6cibrary", { "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors" }, 403],
  ["GET", "//library/", { "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors" }, 403],
  ["GET", "/a/..%2flibrary", { "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors" }, 403],
  ["GET", "/papers?%62ookmarked=true", { "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors" }, 403],
  ["GET", "/%5fnext/image?url=x", {}, 404],
  ["GET", "/papers?bookmarked=true", { "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors" }, 403],
] as const)("%s %s with %j is answered %s", async (method, path, headers, status) => {
  const { ask, rendered } = await open({ "*": (_, response) => html(response, long) });
  expect((await ask(path, headers, method)).status).toBe(status);
  expect(rendered).toHaveLength(status === 200 ? 1 : 0);
});

test("a refused method is answered with the allowed methods, and an absolute address counts as its path", async () => {
  const { ask, rendered } = await open({ "/a": shared("/a") });
  expect((await ask("/a", {}, "DELETE")).headers.allow).toBe("GET, HEAD");
  expect((await ask("/bookmarks")).headers.allow).toBe("POST");
  expect((await ask("http://papers.example/a", { Host: "papers.example" })).status).toBe(200);
  expect(rendered).toEqual(["/a"]);
});

test("a page that names a time is cached until then, and rendered anew from then on", async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: 1000 });
  let from = [3000, 2000];
  const { ask, rendered } = await open({
    "/": (_, response) => {
      share("/");
      for (const instant of from) shareUntil(new Date(instant));
      shareUntil(null);
      html(response, long);
    },
  });
  const count = async () => {
    await ask("/");
    return rendered.length;
  };
  expect([await count(), await count()]).toEqual([1, 1]);
  vi.setSystemTime(1999);
  expect(await count()).toBe(1);
  vi.setSystemTime(2000);
  from = [];
  expect([await count(), await count()]).toEqual([2, 2]);
  vi.setSystemTime(1_000_000);
  expect(await count()).toBe(2);
  vi.useRealTimers();
});

test("a body of any size is read as fast as its client takes it, and closed when the client leaves", async () => {
  let [made, closed] = [0, false];
  async function* parts() {
    try {
      for (; made < 2000; made++) yield new Uint8Array(64 * 1024).fill(97);
    } finally {
      closed = true;
    }
  }
  const { ask, port } = await open({
    "/api/v1/export": (_, response) => {
      expect(streamed(parts())).toBe(null);
      response.setHeader("Content-Type", "text/plain");
      response.end();
    },
  });
  const leaving = request({ host: "127.0.0.1", port, path: "/api/v1/export" }, (answer) => {
    answer.once("data", () => answer.pause());
    setTimeout(() => answer.destroy(), 300);
  });
  leaving.on("error", () => {}).end();
  await expect.poll(() => closed, { timeout: 5000 }).toBe(true);
  expect(made).toBeLessThan(500);

  [made, closed] = [1990, false];
  const { status, body } = await ask("/api/v1/export");
  expect([status, body.length, closed]).toEqual([200, 10 * 64 * 1024, true]);
  [made, closed] = [1990, false];
  expect((await ask("/api/v1/export", {}, "HEAD")).body.length).toBe(0);
  expect(closed).toBe(false); // it never began
});

test("a page learns which address a request came from, whatever its headers say", async () => {
  const { ask } = await open({
    "*": (request, response) => void response.end(String(request.headers["x-sender-address"])),
  });
  expect((await ask("/settings", { "X-Sender-Address": "203.0.113.7" })).body.toString()).toBe("127.0.0.1");
});

test("other sites may post only to addresses that contain a token", async () => {
  const { ask } = await open({ "*": (_, response) => void response.end() });
  const foreign = { Origin: "https://mail.example", "Sec-Fetch-Site": "cross-site", "Content-Length": "0" };
  expect((await ask("/unsubscribe/token", foreign, "POST")).status).toBe(200);
  for (const path of ["/subscribe/send", "/subscribe/token/save", "/webhooks/save", "/settings/test-mail"])
    expect((await ask(path, foreign, "POST")).status, path).toBe(403);
});
