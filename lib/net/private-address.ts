import { lookup } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";

/** Whether an IP address is not on the public internet: loopback, private, link-local, or reserved. */
export function isPrivateAddress(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, "").replace(/%.*$/, "");
  if (!ipaddr.isValid(bare)) return false;
  const parsed = ipaddr.process(bare); // an IPv4-mapped IPv6 address counts as that IPv4 address
  // NAT64, for networks with IPv6 only: the last 32 bits are an IPv4 address.
  if (parsed.range() === "rfc6052") return isPrivateAddress(parsed.toByteArray().slice(12).join("."));
  return parsed.range() !== "unicast";
}

/** Whether a host is a private address, or a name that resolves to one. False for an unknown name. */
export function isPrivateHost(hostname: string): Promise<boolean> {
  const bare = hostname.replace(/^\[|\]$/g, "");
  if (isIP(bare)) return Promise.resolve(isPrivateAddress(bare));
  return new Promise((resolve) => {
    lookup(bare, { all: true }, (error, found) => {
      resolve(!error && found.some(({ address }) => isPrivateAddress(address)));
    });
  });
}

/** Thrown for a connection that would have led to a private address. */
export class PrivateAddressError extends Error {
  constructor(host: string, address: string) {
    super(
      `expected a public address, got ${host === address ? host : `${host}, which is ${address}`}, a private one`,
    );
  }
}

/**
 * A lookup function for `net.connect`. Checking in the lookup of the connection itself means that a second, different
 * answer cannot lead elsewhere. Private addresses are refused, except for hosts in `mayBePrivate`.
 */
export function guardedLookup(mayBePrivate: (hostname: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      const bad = mayBePrivate(hostname)
        ? undefined
        : found?.find(({ address }) => isPrivateAddress(address));
      const [first] = found ?? [];
      if (error) callback(error, "");
      else if (bad) callback(new PrivateAddressError(hostname, bad.address), "");
      else if (options.all) callback(null, found);
      else callback(null, first?.address ?? "", first?.family);
    });
  };
}
