// Bundles the scripts of the pages for app/layout.tsx: the island, and early-keys. A step of scripts/setup/setup.mjs.
import { writeFileSync } from "node:fs";
import { build } from "esbuild";

const inputs = new Set();
for (const [name, format] of [
  ["island", "esm"],
  ["early-keys", "iife"],
]) {
  const { metafile } = await build({
    entryPoints: [`components/browser/${name}.ts`],
    outdir: "app/island",
    bundle: true,
    minify: true,
    metafile: true,
    format,
    target: "es2022",
    logLevel: "error",
  });
  for (const file of Object.keys(metafile.inputs)) inputs.add(file);
}
// Setup hashes these files to decide whether the bundle is stale.
writeFileSync("app/island/inputs.json", JSON.stringify([...inputs].sort()));
