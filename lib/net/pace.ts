import { setTimeout as sleep } from "node:timers/promises";
import { FetchError } from "./fetch-error";
import type { HostTurns } from "./host-turns";
import type { Allowance } from "./rate-limit";

/** Time as the network keeps it, in milliseconds of Unix time. A test gives one that does not wait. */
export type Clock = {
  now(): number;
  /** Throws the signal's reason where that ends it. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
};

export const realClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) => sleep(ms, undefined, { signal }),
};

export type Pace = {
  /**
   * Takes a step when the address's host may be asked again, one step at a time. Throws a FetchError without taking it
   * where that would be later than patience reaches.
   */
  inTurn<T>(url: string, step: () => Promise<T>): Promise<T>;
  /** The host said how much it still gives. */
  hear(url: string, allowances: Allowance[]): void;
  /** The host is to be left alone so long. */
  rest(url: string, ms: number): void;
};

type Options = {
  clock: Clock;
  /** Between the end of one request and the beginning of the next. */
  spacingMs: number;
  /** The longest rest that is waited for. */
  patienceMs: number;
  /** Shared with other processes; without it this one keeps the spacing alone. */
  turns?: HostTurns | undefined;
  /** The longest that one request may take. */
  leaseMs: number;
  signal?: AbortSignal;
  /** Is told of a rest that one would wonder about. */
  tell?: (line: string) => void;
};

type Host = {
  name: string;
  spacingMs: number;
  free: number;
  allowances: Map<string, Allowance & { heard: number }>;
  last: Promise<unknown>;
};

// What arXiv asks of programs, for all its machines together.
const arxivSpacingMs = 3000;
const longRestMs = 30_000;
// How often a host that another process is asking is looked at again.
const againMs = 100;

/** Keeps the spacing of each host, and what it says of its limits. */
export function openPace({ clock, spacingMs, patienceMs, turns, leaseMs, signal, tell }: Options): Pace {
  const hosts = new Map<string, Host>();

  function hostOf(url: string): Host {
    const { host, hostname } = new URL(url);
    const isArxiv = hostname === "arxiv.org" || hostname.endsWith(".arxiv.org");
    const name = isArxiv ? "arxiv.org" : host;
    const known = hosts.get(name);
    if (known) return known;
    const spacing = isArxiv ? Math.max(spacingMs, arxivSpacingMs) : spacingMs;
    const born = { name, spacingMs: spacing, free: 0, allowances: new Map(), last: Promise.resolve() };
    hosts.set(name, born);
    return born;
  }

  /** Takes the host's turn among all processes, when it comes. */
  async function take(host: Host): Promise<void> {
    const begun = clock.now();
    for (;;) {
      const turn = await turns?.take(host.name, clock.now(), leaseMs);
      if (!turn) return;
      await wait(host, turn.freeAt);
      if (!turn.isHeld) continue;
      if (clock.now() - begun > patienceMs) throw refusal(host, 1);
      await clock.sleep(againMs, signal);
    }
  }

  function refusal(host: Host, seconds: number): FetchError {
    const message = `expected to be let in, but ${host.name} gives nothing for ${seconds} s`;
    return new FetchError(message, null, seconds);
  }

  async function wait(host: Host, until: number): Promise<void> {
    const ms = until - clock.now();
    if (ms <= 0) return;
    const seconds = Math.ceil(ms / 1000);
    if (ms > patienceMs) throw refusal(host, seconds);
    if (ms > longRestMs) tell?.(`${host.name}: resting for ${seconds} s, as its limits want`);
    await clock.sleep(ms, signal);
  }

  function freeAt(host: Host): number {
    const turns = [...host.allowances.values()].map((allowance) => {
      const { remaining, resetMs, heard } = allowance;
      if (heard + resetMs <= clock.now()) return 0;
      if (remaining <= 0) return heard + resetMs;
      // Who cannot wait for the reset makes use of what is left; who can goes evenly, and never meets the end.
      return isLow(allowance) && resetMs <= patienceMs ? heard + resetMs / remaining : 0;
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
      host.last = turn.catch(() => {}); // whoever took this turn hears of it; the next only waits for its end
      return turn;
    },
    hear(url, allowances) {
      const host = hostOf(url);
      for (const allowance of allowances)
        host.allowances.set(allowance.name, { ...allowance, heard: clock.now() });
    },
    rest(url, ms) {
      const host = hostOf(url);
      host.free = Math.max(host.free, clock.now() + ms);
    },
  };
}

/** Less than a fifth is left, or ten where the whole is not known. */
function isLow({ remaining, limit }: Allowance): boolean {
  return remaining < (limit === null ? 10 : limit / 5);
}
