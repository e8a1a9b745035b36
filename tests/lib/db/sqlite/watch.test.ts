import { expect, test, vi } from "vitest";
import { openTestLibrary } from "@/tests/library";

const { db, file } = openTestLibrary();

test("every change shows at the next check, and a change made on the site at once", async () => {
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
    const shown = new Set([state.revision]);
    for (let second = 1; second <= 5; second++) {
      await save();
      await nextCheck();
      expect(shown).not.toContain(state.revision);
      shown.add(state.revision);
      if (second > 1) expect(state.importing).toBe(true);
    }
    await save();
    await check();
    expect(shown).not.toContain(state.revision);
    for (let check = 0; check < 4; check++) await nextCheck(); // nothing more is saved
    expect(state.importing).toBe(false);
  } finally {
    stop();
    vi.useRealTimers();
    vi.unstubAllEnvs();
  }
});
