import { isIP } from "node:net";

/**
 * Whether this server answers to a Host header: `localhost`, any IP address, and `names`. A foreign page can point its
 * own name at this machine (DNS rebinding). Its requests then carry that name, and are refused.
 */
export function isAllowedHost(host: string | undefined, names: string[]): boolean {
  if (!host || /[@/?#\\]/.test(host) || !URL.canParse(`http://${host}`)) return false;
  const name = new URL(`http://${host}`).hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
  return name === "localhost" || isIP(name) !== 0 || names.includes(name);
}

/** Whether only programs on this machine can reach the server at this IP address. */
export function isLoopback(address: string): boolean {
  return /^(127\.|::1$|::ffff:127\.)/i.test(address);
}
