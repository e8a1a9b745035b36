// The scripts of the pages for app/layout.tsx: the island, and what keeps keys until it has started. A step of scripts/setup/setup.mjs.
import { build } from "esbuild";

for (const [name, format] of [
  ["island", "esm"],
  ["early-keys", "iife"],
]) {
  await build({
    entryPoints: [`components/${name}.ts`],
    outdir: "app/island",
    bundle: true,
    minify: true,
    format,
    target: "es2022",
    logLevel: "error",
  });
}
