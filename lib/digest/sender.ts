import ipaddr from "ipaddr.js";
import { readEnv } from "../env";
import { senderHeader } from "../http/sender";

/** Who sent a request, by the address of its connection. */
export type RequestSender = {
  /** For limits: an IPv4 address, or the network of an IPv6 address, which has many. */
  network: string;
  /** Whether it is on this machine or in one of its private networks. */
  isLocal: boolean;
};

/**
 * Who sent a request. Behind a proxy on this machine or network, that is whoever the proxy names last; so a header can take
 * trust away, and never give it.
 */
export function readRequestSender(headers: Headers): RequestSender {
  const connected = headers.get(senderHeader) ?? "";
  const isTrusted = isLocalAddress(connected);
  const named = headers.get("x-forwarded-for")?.split(",").at(-1)?.trim();
  const address = isTrusted && named ? named : connected;
  return { network: networkOf(address), isLocal: isTrusted && isLocalAddress(address) };
}

const localRanges = ["loopback", "private", "uniqueLocal", "linkLocal"];

/** Not every address that is not public: strangers may share those of a provider's network. */
function isLocalAddress(address: string): boolean {
  return ipaddr.isValid(address) && localRanges.includes(ipaddr.process(address).range());
}

function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return "unknown";
  const parsed = ipaddr.process(address);
  if (parsed.kind() === "ipv4") return parsed.toString();
  return ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toString()}/64`).toString();
}

/** Whether a sender may subscribe, or subscriptions are closed to them (SUBSCRIBE). */
export function maySubscribe({ isLocal }: RequestSender): boolean {
  const { mail, subscribe } = readEnv();
  return mail !== null && (subscribe === "open" || (subscribe === "local" && isLocal));
}

/** Whether pages show that one can subscribe. */
export function showsSubscribing(): boolean {
  const { mail, subscribe } = readEnv();
  return mail !== null && subscribe !== "off";
}
