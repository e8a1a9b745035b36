import { isIP } from "node:net";

/**
 * True for a Host header that this server answers to: `localhost`, every literal IP address, and `names`. A foreign page
 * can point a name of its own at this machine (DNS rebinding); its requests then carry that name, and are refused.
 */
export function isOurHost(host: string | undefined, names: string[]): boolean {
  if (!host || /[@/?#\\]/.test(host) || !URL.canParse(`http://${host}`)) return false;
  const name = new URL(`http://${host}`).hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
  return name === "localhost" || isIP(name) !== 0 || names.includes(name);
}

/** True for an IP address at which only programs of this machine reach it. */
export function isLoopback(address: string): boolean {
  return /^(127\.|::1$|::ffff:127\.)/i.test(address);
}
