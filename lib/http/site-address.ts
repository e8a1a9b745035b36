import { readEnv } from "../env";

/** The scheme, name and port of this site, for absolute addresses: as configured, or else as the request names them. */
export function siteAddress(host: string | null): string {
  return readEnv().publicUrl ?? `http://${host}`;
}
