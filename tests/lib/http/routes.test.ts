import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { isPrivate } from "@/lib/http/origin";
import { methodsOf, routeOf, routes } from "@/lib/http/routes";

const app = path.resolve(import.meta.dirname, "../../../app");

const files = readdirSync(app, { recursive: true, encoding: "utf8" });
const matching = (form: RegExp) => files.filter((file) => form.test(file));

/** The address of a file in app/, as the table of routes spells it. */
function addressOf(file: string): string {
  return `/${file.replace(/\/?(page|route)\.tsx?$/, "")}`;
}

test("the table of routes lists every address in app/, and no other", () => {
  const addressed = matching(/(^|\/)page\.tsx$|\/route\.ts$|^[^/]+\.(png|ico|svg)$/);
  expect(addressed.length).toBeGreaterThan(30);
  const listed = Object.keys(routes).filter((address) => !address.startsWith("/_next/"));
  expect(listed.sort()).toEqual(addressed.map(addressOf).sort());
});

test("an address accepts the methods that its file exports", () => {
  const handlers = matching(/\/route\.ts$/);
  expect(handlers.length).toBeGreaterThan(15);
  for (const file of handlers) {
    const source = readFileSync(path.join(app, file), "utf8");
    const exported = [...source.matchAll(/^export (?:async function|function|const) ([A-Z]+)\b/gm)].map(
      ([, method]) => method,
    );
    const listed = methodsOf(addressOf(file)).filter((method) => method !== "HEAD"); // Next answers HEAD by GET
    expect([file, exported.sort()]).toEqual([file, [...listed].sort()]);
  }
});

test("a page that calls share is shared in the table, and a page that depends on the reader is not", () => {
  const pages = matching(/(^|\/)page\.tsx$/).map((file) => ({
    address: addressOf(file),
    source: readFileSync(path.join(app, file), "utf8"),
  }));
  const cached = pages.filter(({ source }) => /\bshare\(/.test(source));
  const own = pages.filter((one) => !cached.includes(one) && /\bcurrentReader\(/.test(one.source));
  expect(cached.length).toBeGreaterThan(5);
  expect(own.length).toBeGreaterThan(1);
  expect(cached.filter(({ address }) => !routeOf(address).shared)).toEqual([]);
  expect(own.filter(({ address }) => routeOf(address).shared)).toEqual([]);
});

test("an address that is not in the table is private and read-only", () => {
  for (const name of ["/new", "/Library", "/library/old", "/papers/date/2025-12-11/more/", "/_next/data/x"]) {
    const isPaper = name.startsWith("/papers/"); // anything below /papers/ may be an id
    expect([name, isPrivate({ path: name, query: new URLSearchParams() })]).toEqual([name, !isPaper]);
    expect(methodsOf(name)).toEqual(["GET", "HEAD"]);
  }
});

test("a list of bookmarked papers is private, whatever its address", () => {
  expect(isPrivate({ path: "/papers", query: new URLSearchParams("bookmarked=true") })).toBe(true);
  for (const q of ["is:bookmarked", "lamp -IS:read", '(list:"x")', "note:kettle", "has:note"])
    expect(isPrivate({ path: "/papers", query: new URLSearchParams({ q }) }), q).toBe(true);
  expect(isPrivate({ path: "/papers", query: new URLSearchParams("q=diffusion") })).toBe(false);
});
