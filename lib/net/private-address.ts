import { lookup } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";

/** True for an address that is not the open internet's: loopback, a private network, a link, a reserved range. */
export function isPrivateAddress(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, "").replace(/%.*$/, "");
  if (!ipaddr.isValid(bare)) return false;
  const parsed = ipaddr.process(bare); // an IPv4 address in IPv6's clothes is that IPv4 address
  // Of a network that has IPv6 only: the last 32 bits are an IPv4 address.
  if (parsed.range() === "rfc6052") return isPrivateAddress(parsed.toByteArray().slice(12).join("."));
  return parsed.range() !== "unicast";
}

/** True where a host is a private address, or its name stands for one. False for a name that nothing is known of. */
export function isPrivateHost(hostname: string): Promise<boolean> {
  const bare = hostname.replace(/^\[|\]$/g, "");
  if (isIP(bare)) return Promise.resolve(isPrivateAddress(bare));
  return new Promise((resolve) => {
    lookup(bare, { all: true }, (error, found) => {
      resolve(!error && found.some(({ address }) => isPrivateAddress(address)));
    });
  });
}

/** What a connection meets that would have led to a private address. */
export class PrivateAddressError extends Error {
  constructor(host: string, address: string) {
    super(
      `expected an address of the internet, got ${host === address ? host : `${host}, which is ${address}`}, a private one`,
    );
  }
}

/**
 * A name's addresses, as `net.connect` asks for them: the same that are connected to, so that no second answer of a name
 * server can lead elsewhere. Private ones are refused, but of the hosts that `mayBePrivate`.
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
