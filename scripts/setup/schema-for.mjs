import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const providers = { sqlite: "sqlite", postgres: "postgresql" };

/**
 * The schema for `sqlite` or `postgres`. Prisma cannot choose the provider at run time, so each engine has a client of
 * its own, which is written to `target`.
 */
export function schemaFor(engine, target = "unused") {
  const schema = readFileSync(path.join(root, "prisma/schema.prisma"), "utf8");
  const put = (text, setting, value) => {
    const line = new RegExp(`^( *${setting} *= )"(?:sqlite|\\.\\./lib/db/generated/sqlite)"$`, "m");
    if (!line.test(text)) throw new Error(`prisma/schema.prisma: expected ${setting} as it is for SQLite`);
    return text.replace(line, (_, start) => start + JSON.stringify(value));
  };
  return put(put(schema, "provider", providers[engine]), "output", target);
}
