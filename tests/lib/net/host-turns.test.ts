import { expect, test } from "vitest";
import { openDatabase } from "@/lib/db/client";
import { openHostTurns } from "@/lib/net/host-turns";
import { openPace, realClock } from "@/lib/net/pace";
import { openFakeClock } from "@/tests/hub";
import { openTestLibrary } from "@/tests/library";

const { db } = openTestLibrary();
const now = Date.UTC(2025, 11, 12);

/** Two paces, each with its own database connection, as in two processes. */
function openTwo(clock = openFakeClock(), patienceMs = 10_000) {
  const others = [0, 1].map(() => openDatabase(process.env.DATABASE_URL ?? "", 0));
  const paces = others.map((other) =>
    openPace({ clock, spacingMs: 250, patienceMs, leaseMs: 30_000, turns: openHostTurns(other) }),
  );
  const close = () => Promise.all(others.map((other) => other.$disconnect()));
  return { clock, paces, close };
}

test("two processes share the spacing of three seconds for all arXiv hosts", async () => {
  const { clock, paces, close } = openTwo();
  const at: number[] = [];
  const step = async () => void at.push(clock.now());
  for (const turn of [0, 1, 1, 0])
    await paces[turn]?.inTurn(
      turn === 0 ? "https://export.arxiv.org/api" : "https://rss.arxiv.org/atom/cs.AI",
      step,
    );
  expect(at.slice(1).map((moment, index) => moment - (at[index] ?? 0))).toEqual([3000, 3000, 3000]);
  await close();
});

test("only one process at a time sends a request to a host", async () => {
  const { paces, close } = openTwo({ ...realClock, slept: [] });
  let asking = 0;
  let most = 0;
  const step = async () => {
    most = Math.max(most, ++asking);
    await realClock.sleep(50);
    asking--;
  };
  await Promise.all([0, 1, 0, 1].map((turn) => paces[turn]?.inTurn("https://example.org", step)));
  expect(most).toBe(1);
  await close();
});

test("if a host asks one process to rest, the other rests too", async () => {
  const { paces, close } = openTwo();
  await paces[0]?.inTurn("https://example.org", async () =>
    paces[0]?.pauseHost("https://example.org", 300_000),
  );
  await expect(paces[1]?.inTurn("https://example.org", async () => {})).rejects.toThrow(
    "expected example.org to answer now, but its limits allow no request for 300 s",
  );
  await close();
});

test("a turn taken by a killed process expires, and a time far in the future is ignored", async () => {
  const turns = openHostTurns(db());
  expect(await turns.take("a", now, 30_000)).toBeNull();
  expect(await turns.take("a", now + 29_999, 30_000)).toEqual({ freeAt: 0, isHeld: true });
  expect(await turns.take("a", now + 30_000, 30_000)).toBeNull();
  await turns.leave("a", now + 365 * 86_400_000); // by a clock that was a year ahead
  expect(await turns.take("a", now, 30_000)).toBeNull();
});
