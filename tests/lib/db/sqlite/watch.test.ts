import { expect, test, vi } from "vitest";
import { openTestLibrary } from "@/tests/library";

const { db, file } = openTestLibrary();

test("a change made on the site shows at once, even during an import, but not every change of an import does", async () => {
  vi.stubEnv("DATABASE_URL", `file:${file()}`);
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const { watchLibrary } = await import("@/lib/db/watch");
  const { state, check, stop } = await watchLibrary(() => {});
  const save = () => db().revision.update({ where: { id: 1 }, data: { number: { increment: 1 } } });
  const nextCheck = async () => {
    vi.runOnlyPendingTimers();
    await vi.waitFor(() => expect(vi.getTimerCount()).toBe(1), 60_000); // the next check is scheduled once this one is done
  };
  try {
    const shown: string[] = [];
    for (let second = 0; second < 12; second++) {
      await save();
      await nextCheck();
      if (state.revision !== shown.at(-1)) shown.push(state.revision);
    }
    expect(shown.length).toBeLessThan(7);
    const before = state.revision;
    await save();
    await check();
    expect(state.revision).not.toBe(before);
    const own = state.revision;
    await save();
    await nextCheck();
    await nextCheck(); // nothing more is saved
    expect(state.revision).not.toBe(own);
  } finally {
    stop();
    vi.useRealTimers();
    vi.unstubAllEnvs();
  }
});
