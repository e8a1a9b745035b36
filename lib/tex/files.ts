import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

// scripts/setup/subset-fonts.mjs puts them there.
const folder = path.resolve("app/fonts/math");
const names = new Set(readdirSync(folder));
const version = createHash("sha256")
  .update(readFileSync(path.join(folder, "katex.css"))) // which names KaTeX's own version
  .digest("hex")
  .slice(0, 8);

const addressOf = (name: string) => `/math/${version}/${name}`;
/** Addresses of the style sheet of formulas, and of the font that it calls so; each for ever the same bytes. */
export const mathSheet = addressOf("katex.css");
export const mathFont = (name: string) => addressOf(`${name}.woff2`);

/** What stands at such an address, with its type; null at any other. */
export function readMathFile(of: string, name: string): { body: Buffer<ArrayBuffer>; type: string } | null {
  if (of !== version || !names.has(name)) return null;
  const type = name.endsWith(".css") ? "text/css; charset=utf-8" : "font/woff2";
  return { body: readFileSync(path.join(folder, name)), type };
}
