import type { Database } from "../db/client";
import { retryWhileLocked } from "../db/retry-while-locked";

/** Turns at a host, shared by all processes of this library. Times are Unix milliseconds. */
export type HostTurns = {
  /**
   * Takes the turn for at most `leaseMs`. If it cannot, returns when the host is free, and whether another process is
   * using it.
   */
  take(host: string, now: number, leaseMs: number): Promise<null | { freeAt: number; isHeld: boolean }>;
  /** Ends the turn. The host is free again from this time on. */
  leave(host: string, freeAt: number): Promise<void>;
  /** Ends every turn that this process has. */
  leaveAll(freeAt: number): Promise<void>;
};

// Longer than any wait or lease. A later time was written by a wrong clock.
const maxAheadMs = 6 * 3_600_000;

export function openHostTurns(db: Database): HostTurns {
  const held = new Set<string>();
  const leave = async (host: string, freeAt: number) => {
    held.delete(host);
    const data = { freeAt: toInteger(Math.ceil(freeAt)), heldUntil: 0n };
    await retryWhileLocked(() => db.hostTurn.updateMany({ where: { host }, data }));
  };
  return {
    async take(host, now, leaseMs) {
      const [at, until, wrong] = [now, now + leaseMs, now + maxAheadMs].map(toInteger);
      const taken = await retryWhileLocked(
        () => db.$executeRaw`
          INSERT INTO "HostTurn" (host, "freeAt", "heldUntil") VALUES (${host}, 0, ${until})
          ON CONFLICT (host) DO UPDATE SET "heldUntil" = excluded."heldUntil"
          WHERE ("HostTurn"."freeAt" <= ${at} OR "HostTurn"."freeAt" > ${wrong})
            AND ("HostTurn"."heldUntil" <= ${at} OR "HostTurn"."heldUntil" > ${wrong})`,
      );
      if (taken > 0) {
        held.add(host);
        return null;
      }
      const turn = await db.hostTurn.findUnique({ where: { host } });
      return { freeAt: Number(turn?.freeAt ?? 0), isHeld: Number(turn?.heldUntil ?? 0) > now };
    },
    leave,
    async leaveAll(freeAt) {
      for (const host of held) await leave(host, freeAt);
    },
  };
}

function toInteger(ms: number): bigint {
  return BigInt(Math.floor(ms));
}
