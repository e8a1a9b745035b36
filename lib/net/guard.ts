import type { LookupFunction } from "node:net";
import { type Dispatcher, EnvHttpProxyAgent } from "undici";
import { failureOf } from "./fetch-error";
import { guardedLookup, isPrivateAddress, PrivateAddressError } from "./private-address";

export type Guard = {
  agent: Dispatcher;
  /** Throws for a private IP address in the URL, which is connected to without a lookup. */
  check(url: string): void;
};

/** A connector that refuses private addresses, except those of trusted hosts and of the proxy. */
export function openGuard(mayBePrivate: (hostname: string) => boolean): Guard {
  return {
    agent: openAgent(guardedLookup(mayBePrivate)),
    check: (url) => {
      const { hostname } = new URL(url);
      if (!mayBePrivate(hostname) && isPrivateAddress(hostname))
        throw failureOf(new PrivateAddressError(hostname, hostname), hostname);
    },
  };
}

function openAgent(lookup: LookupFunction): EnvHttpProxyAgent {
  try {
    return new EnvHttpProxyAgent({ connect: { lookup } });
  } catch (error) {
    const proxy = process.env.HTTPS_PROXY ?? process.env.https_proxy ?? process.env.HTTP_PROXY;
    throw new Error(`HTTPS_PROXY: expected the address of a proxy, got "${proxy}"`, { cause: error });
  }
}
