import { afterAll, beforeAll, expect, inject, test, vi } from "vitest";
import { closeDatabase } from "@/lib/db/client";
import { watchLibrary } from "@/lib/db/watch";
import { openTestDatabase, type TestDatabase } from "@/tests/postgres-library";
import { runOn } from "@/tests/postgres-server";

const { server, base } = inject("postgres");
let library: TestDatabase;
const name = () => new URL(library.url).pathname.slice(1);
beforeAll(async () => {
  library = await openTestDatabase({ server, base });
  process.env.DATABASE_URL = library.url;
});
afterAll(async () => {
  await closeDatabase();
  await library.remove();
});

test("a change by another process shows, and so does that the server refuses connections, until it accepts them again", async () => {
  const logged = vi.spyOn(console, "error").mockImplementation(() => {});
  const back = vi.spyOn(console, "log").mockImplementation(() => {});
  const { state, stop } = await watchLibrary(() => {});
  try {
    const before = state.revision;
    expect(before).not.toBe("");
    await runOn(library.url, `UPDATE "Revision" SET number = number + 1`);
    await expect.poll(() => state.revision).not.toBe(before);
    expect(state.problem).toBeNull();
    await runOn(server, `ALTER DATABASE ${name()} ALLOW_CONNECTIONS false`);
    await runOn(server, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name()}'`);
    await expect.poll(() => state.problem).toMatch(/^the database server/);
    await runOn(server, `ALTER DATABASE ${name()} ALLOW_CONNECTIONS true`);
    await expect.poll(() => state.problem).toBeNull();
  } finally {
    stop();
  }
  expect(logged).toHaveBeenCalledTimes(1);
  expect(JSON.stringify([logged.mock.calls, back.mock.calls])).not.toContain("secret");
  expect(back).toHaveBeenLastCalledWith(expect.stringMatching(/^library: postgresql:.* is back$/));
});
