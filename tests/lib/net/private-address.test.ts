import { afterEach, expect, test } from "vitest";
import { openNetwork } from "@/lib/net/fetch";
import { isPrivateAddress } from "@/lib/net/private-address";
import { openFakeHub } from "@/tests/hub";

test.each([
  ["127.0.0.1", true],
  ["10.1.2.3", true],
  ["172.16.0.1", true],
  ["192.168.1.1", true],
  ["169.254.169.254", true],
  ["100.64.0.1", true],
  ["0.0.0.0", true],
  ["255.255.255.255", true],
  ["224.0.0.1", true],
  ["::1", true],
  ["[::1]", true],
  ["::", true],
  ["fe80::1%eth0", true],
  ["fd00::1", true],
  ["::ffff:127.0.0.1", true],
  ["64:ff9b::7f00:1", true],
  ["64:ff9b::808:808", false],
  ["8.8.8.8", false],
  ["2606:4700::1111", false],
  ["example.org", false],
])("%s is a private address: %s", (address, expected) => {
  expect(isPrivateAddress(address)).toBe(expected);
});

const hub = openFakeHub();
const port = () => new URL(hub.url()).port;
const opened: ReturnType<typeof openNetwork>[] = [];
afterEach(() => Promise.all(opened.splice(0).map((network) => network.close())));
function open(trusted: string[] = []) {
  const network = openNetwork({ spacingMs: 0, trusted });
  opened.push(network);
  return network;
}

test("a private address, by number or by name, gets no request unless it is trusted", async () => {
  hub.answers((_, response) => response.end("[]"));
  const network = open();
  for (const host of ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1"])
    await expect(network.get(`http://${host}:${port()}/`), host).rejects.toThrow("a private one");
  expect(hub.requests).toEqual([]);
  const trusting = open([`http://localhost:${port()}/api`]);
  expect((await trusting.get(`http://localhost:${port()}/`)).body.toString()).toBe("[]");
  await expect(trusting.get(`${hub.url()}/`)).rejects.toThrow("a private one");
});

test("a trusted private host may redirect to itself, but not to an untrusted private host", async () => {
  hub.answers((url, response) => {
    const to = url.searchParams.get("to");
    if (to) response.writeHead(302, { location: to }).end();
    else response.end("[]");
  });
  const network = open([hub.url()]);
  expect((await network.get(`${hub.url()}/?to=/list`)).url).toBe(`${hub.url()}/list`);
  await expect(network.get(`${hub.url()}/?to=http://localhost:${port()}/`)).rejects.toThrow("a private one");
  expect(hub.requests.map(({ path }) => path)).toEqual([
    "/?to=/list",
    "/list",
    `/?to=http://localhost:${port()}/`,
  ]);
});

test("a public address may not redirect to a private one, even if that is trusted", async () => {
  // The proxy stands in for a public host.
  const before = process.env;
  process.env = { ...before, HTTP_PROXY: hub.url(), HTTPS_PROXY: hub.url() };
  const network = open([hub.url()]);
  process.env = before;
  hub.answers((url, response) => {
    if (url.hostname === "93.184.215.14") response.writeHead(302, { location: `${hub.url()}/secret` }).end();
    else response.end("[]");
  });
  await expect(network.get("http://93.184.215.14/list")).rejects.toThrow("a private one");
  expect(hub.requests.map(({ path }) => path)).toEqual(["/list"]);
});
