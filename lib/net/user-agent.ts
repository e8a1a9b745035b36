import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { readEnv } from "../env";

const packageSchema = z.object({ version: z.string(), homepage: z.url().optional() });

/** The User-Agent, with the project's homepage from package.json, or else this site's public address if it has one. */
export function makeUserAgent(): string {
  const file = path.resolve(/* turbopackIgnore: true */ process.cwd(), "package.json");
  const { version, homepage } = packageSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  const address = homepage ?? readEnv().publicUrl;
  return `Broadsheet/${version} (${address ? `+${address}; ` : ""}a reader's own feed of daily papers)`;
}
