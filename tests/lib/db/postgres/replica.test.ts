import { afterAll, beforeAll, beforeEach, expect, inject, test, vi } from "vitest";
import { closeDatabase, database, sharedDatabase } from "@/lib/db/client";
import { watchLibrary } from "@/lib/db/watch";
import { findPaper } from "@/lib/papers/find";
import { setMark } from "@/lib/readers/marks";
import { hubAnswer } from "@/tests/hub-answer";
import { isBookmarked, scrapeBody } from "@/tests/library";
import { openTestDatabase, type TestDatabase } from "@/tests/postgres-library";
import { runOn } from "@/tests/postgres-server";

// The replica is a second copy of the same database, which a test brings up to date itself, as slowly as it likes.
const { server, base } = inject("postgres");
let library: TestDatabase;
let copy: TestDatabase;
let watching: Awaited<ReturnType<typeof watchLibrary>>;
const id = "2512.00001";
const next = (url: string) => runOn(url, `UPDATE "Revision" SET number = number + 1`);
const isShared = () => sharedDatabase() !== database();
const nameOf = (url: string) => new URL(url).pathname.slice(1);

beforeAll(async () => {
  library = await openTestDatabase({ server, base });
  copy = await openTestDatabase({ server, base });
  vi.stubEnv("DATABASE_URL", library.url);
  vi.stubEnv("DATABASE_REPLICA_URL", copy.url);
});
beforeEach(async () => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  vi.spyOn(console, "log").mockImplementation(() => {});
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await closeDatabase();
  await library.remove();
  await copy.remove();
});

/** With a library and a replica that both have one paper, and whose titles say which is which. */
async function watch(run: (state: { revision: string }) => Promise<void>): Promise<void> {
  for (const { url, empty } of [library, copy]) {
    await empty();
    vi.stubEnv("DATABASE_URL", url);
    await scrapeBody(database(), hubAnswer([{ id, day: "2025-12-11", title: nameOf(url) }]));
    await closeDatabase();
  }
  vi.stubEnv("DATABASE_URL", library.url);
  watching = await watchLibrary(() => {});
  try {
    await run(watching.state);
  } finally {
    watching.stop();
  }
}

test("what is the same for every reader comes from the replica, and what a reader did from the library", async () => {
  await watch(async () => {
    const found = await findPaper(id);
    expect(found && "paper" in found && found.paper.title).toBe(nameOf(copy.url));
    await setMark("local", "Bookmark", [id], true);
    expect(await isBookmarked(id)).toBe(true);
  });
});

test("a replica that falls behind is left alone until it has caught up", async () => {
  await watch(async (state) => {
    const before = state.revision;
    await next(library.url);
    await expect.poll(isShared, { timeout: 10_000 }).toBe(false);
    expect(state.revision).not.toBe(before);
    expect(console.error).toHaveBeenCalledWith(
      expect.stringMatching(/^replica: postgresql:.*: it is behind; /),
    );
    await next(copy.url);
    await expect.poll(isShared, { timeout: 10_000 }).toBe(true);
    expect(console.log).toHaveBeenCalledWith("replica: it follows the library again");
  });
});

test("after a reader's change, the replica is waited for", async () => {
  await watch(async (state) => {
    const before = state.revision;
    await next(library.url);
    const late = setTimeout(() => void next(copy.url), 300);
    await watching.check();
    clearTimeout(late);
    expect(state.revision).not.toBe(before);
    expect(isShared()).toBe(true);
  });
});

test("a copy that is ahead of the library is no replica, and is not used", async () => {
  await watch(async () => {
    await runOn(copy.url, `UPDATE "Revision" SET number = number + 1000`);
    await expect.poll(isShared, { timeout: 10_000 }).toBe(false);
    expect(console.error).toHaveBeenLastCalledWith(expect.stringContaining("it is ahead of the library"));
  });
});

test("a replica of another library is not used", async () => {
  await runOn(copy.url, "UPDATE _prisma_migrations SET id = reverse(id)");
  await watch(async () => {
    expect(isShared()).toBe(false);
    expect(console.error).toHaveBeenLastCalledWith(
      expect.stringContaining("it is a copy of another library"),
    );
  });
  await runOn(copy.url, "UPDATE _prisma_migrations SET id = reverse(id)");
});

test("without its replica, everything is read from the library", async () => {
  await watch(async (state) => {
    await runOn(server, `ALTER DATABASE ${nameOf(copy.url)} ALLOW_CONNECTIONS false`);
    await runOn(
      server,
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${nameOf(copy.url)}'`,
    );
    await expect.poll(isShared, { timeout: 10_000 }).toBe(false);
    expect(state).toMatchObject({ problem: null });
    await runOn(server, `ALTER DATABASE ${nameOf(copy.url)} ALLOW_CONNECTIONS true`);
    await expect.poll(isShared, { timeout: 10_000 }).toBe(true);
  });
});
