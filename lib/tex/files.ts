import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

// Created by scripts/setup/subset-fonts.mjs.
const folder = path.resolve("app/fonts/math");
const names = new Set(readdirSync(folder));
const version = createHash("sha256")
  .update(readFileSync(path.join(folder, "katex.css"))) // includes KaTeX's version
  .digest("hex")
  .slice(0, 8);

const addressOf = (name: string) => `/math/${version}/${name}`;
/** Addresses of KaTeX's style sheet and of a font by its name. Their contents never change. */
export const mathSheet = addressOf("katex.css");
export const mathFont = (name: string) => addressOf(`${name}.woff2`);

/** The file at such an address and its type, or null for any other address. */
export function readMathFile(
  requestedVersion: string,
  name: string,
): { body: Buffer<ArrayBuffer>; type: string } | null {
  if (requestedVersion !== version || !names.has(name)) return null;
  const type = name.endsWith(".css") ? "text/css; charset=utf-8" : "font/woff2";
  return { body: readFileSync(path.join(folder, name)), type };
}
