import type { Env } from "../env";

/** The site that links in digests lead to. */
export const siteOf = ({ publicUrl, host, port }: Env) => publicUrl ?? `http://${host}:${port}`;
