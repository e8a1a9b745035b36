import { setTimeout as sleep } from "node:timers/promises";
import { FetchError } from "./fetch-error";
import type { HostTurns } from "./host-turns";
import type { Allowance } from "./rate-limit";

/** The clock of the network, in Unix milliseconds. Tests pass one that does not wait. */
export type Clock = {
  now(): number;
  /** Throws the signal's reason if it aborts the wait. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
};

export const realClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) => sleep(ms, undefined, { signal }),
};

export type Pace = {
  /**
   * Runs a step when the next request to the address's host may start, one at a time. If that would exceed the patience,
   * throws a FetchError instead.
   */
  inTurn<T>(url: string, step: () => Promise<T>): Promise<T>;
  /** Records the rate limits that the host reported. */
  recordAllowances(url: string, allowances: Allowance[]): void;
  /** Sends no request to the host for this long. */
  pauseHost(url: string, ms: number): void;
};

type Options = {
  clock: Clock;
  /** From the end of one request to the start of the next. */
  spacingMs: number;
  /** The longest wait. */
  patienceMs: number;
  /** Shared with other processes. Without it, only this process keeps the spacing. */
  turns?: HostTurns | undefined;
  /** The longest time one request may take. */
  leaseMs: number;
  signal?: AbortSignal;
  /** Receives a line about each wait of more than 30 seconds. */
  onLongWait?: (line: string) => void;
};

type Host = {
  name: string;
  spacingMs: number;
  free: number;
  allowances: Map<string, Allowance & { learnedAt: number }>;
  last: Promise<unknown>;
};

/** What arXiv asks of programs, for all its servers together. No host needs more. */
export const arxivSpacingMs = 3000;
const longWaitMs = 30_000;
// How often to check a host that another process is using.
const checkMs = 100;

/** Keeps the spacing and the rate limits of each host. */
export function openPace({
  clock,
  spacingMs,
  patienceMs,
  turns,
  leaseMs,
  signal,
  onLongWait,
}: Options): Pace {
  const hosts = new Map<string, Host>();

  function hostOf(url: string): Host {
    const { host: address, hostname } = new URL(url);
    const isArxiv = hostname === "arxiv.org" || hostname.endsWith(".arxiv.org");
    const name = isArxiv ? "arxiv.org" : address;
    const known = hosts.get(name);
    if (known) return known;
    const spacing = isArxiv ? Math.max(spacingMs, arxivSpacingMs) : spacingMs;
    const host = { name, spacingMs: spacing, free: 0, allowances: new Map(), last: Promise.resolve() };
    hosts.set(name, host);
    return host;
  }

  /** Waits for this host's turn among all processes, and takes it. */
  async function take(host: Host): Promise<void> {
    const startedAt = clock.now();
    for (;;) {
      const turn = await turns?.take(host.name, clock.now(), leaseMs);
      if (!turn) return;
      await wait(host, turn.freeAt);
      if (!turn.isHeld) continue;
      if (clock.now() - startedAt > patienceMs)
        throw new FetchError(
          `expected a turn at ${host.name} within ${patienceMs / 1000} s, but another process was using it`,
          null,
          1,
        );
      await clock.sleep(checkMs, signal);
    }
  }

  function refusal(host: Host, seconds: number): FetchError {
    const message = `expected ${host.name} to answer now, but its limits allow no request for ${seconds} s`;
    return new FetchError(message, null, seconds);
  }

  async function wait(host: Host, until: number): Promise<void> {
    const ms = until - clock.now();
    if (ms <= 0) return;
    const seconds = Math.ceil(ms / 1000);
    if (ms > patienceMs) throw refusal(host, seconds);
    if (ms > longWaitMs) onLongWait?.(`${host.name}: waiting ${seconds} s, to stay within its limits`);
    await clock.sleep(ms, signal);
  }

  function freeAt(host: Host): number {
    const turns = [...host.allowances.values()].map((allowance) => {
      const { remaining, resetMs, learnedAt } = allowance;
      if (learnedAt + resetMs <= clock.now()) return 0;
      if (remaining <= 0) return learnedAt + resetMs;
      // Background requests spread what is left over the window. Interactive ones, which cannot wait for the reset,
      // spend it.
      return isLow(allowance) && resetMs <= patienceMs ? learnedAt + resetMs / remaining : 0;
    });
    return Math.max(host.free, ...turns);
  }

  return {
    inTurn(url, step) {
      const host = hostOf(url);
      const turn = host.last.then(async () => {
        await wait(host, freeAt(host));
        await take(host);
        try {
          return await step();
        } finally {
          host.free = Math.max(host.free, clock.now() + host.spacingMs);
          await turns?.leave(host.name, host.free);
        }
      });
      host.last = turn.catch(() => {}); // the caller sees the error; the next turn only waits for the end
      return turn;
    },
    recordAllowances(url, allowances) {
      const host = hostOf(url);
      for (const allowance of allowances)
        host.allowances.set(allowance.name, { ...allowance, learnedAt: clock.now() });
    },
    pauseHost(url, ms) {
      const host = hostOf(url);
      host.free = Math.max(host.free, clock.now() + ms);
    },
  };
}

/** Less than a fifth is left, or fewer than ten if the limit is unknown. */
function isLow({ remaining, limit }: Allowance): boolean {
  return remaining < (limit === null ? 10 : limit / 5);
}
