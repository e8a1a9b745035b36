import { expect, test, vi } from "vitest";
import { openTestLibrary } from "@/tests/library";

const { db, file } = openTestLibrary();

test("a change of one's own shows at once, also while an import goes on; of an import's, not each has the pages made anew", async () => {
  vi.stubEnv("DATABASE_URL", `file:${file()}`);
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const { watchLibrary } = await import("@/lib/db/sqlite/watch");
  const { state, look, stop } = await watchLibrary(() => {});
  const save = () => db().revision.update({ where: { id: 1 }, data: { number: { increment: 1 } } });
  const turn = async () => {
    vi.runOnlyPendingTimers();
    await vi.waitFor(() => expect(vi.getTimerCount()).toBe(1), 60_000); // the next look is set once this one is over
  };
  try {
    const shown: string[] = [];
    for (let second = 0; second < 12; second++) {
      await save();
      await turn();
      if (state.revision !== shown.at(-1)) shown.push(state.revision);
    }
    expect(shown.length).toBeLessThan(7);
    const before = state.revision;
    await save();
    await look();
    expect(state.revision).not.toBe(before);
    const own = state.revision;
    await save();
    await turn();
    await turn(); // nothing more is saved
    expect(state.revision).not.toBe(own);
  } finally {
    stop();
    vi.useRealTimers();
    vi.unstubAllEnvs();
  }
});
