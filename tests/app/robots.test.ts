import { expect, test, vi } from "vitest";
import { GET } from "@/app/robots.txt/route";

const lines = async () => (await GET().text()).trim().split("\n");

test("search engines are kept out, unless INDEXING lets them see what is the same for every reader", async () => {
  expect(await lines()).toEqual(["User-agent: *", "Disallow: /"]);
  vi.stubEnv("INDEXING", "on");
  const [agent, ...hidden] = await lines();
  expect(agent).toBe("User-agent: *");
  expect(hidden).toEqual(expect.arrayContaining(["Disallow: /library", "Disallow: /*?*bookmarked="]));
  expect(hidden).not.toContain("Disallow: /");
  expect(hidden).not.toContain("Disallow: /papers");
  vi.unstubAllEnvs();
});
