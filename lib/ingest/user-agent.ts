import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

const ourselves = z.object({ version: z.string(), homepage: z.url() });

/** Who asks, and where its people are found; package.json says both. */
export function nameOurselves(): string {
  const file = path.resolve(/* turbopackIgnore: true */ process.cwd(), "package.json");
  const { version, homepage } = ourselves.parse(JSON.parse(readFileSync(file, "utf8")));
  return `Broadsheet/${version} (+${homepage}; a reader's own feed of daily papers)`;
}
