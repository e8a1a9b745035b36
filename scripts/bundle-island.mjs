// The island as one small script for app/layout.tsx. A step of scripts/setup.mjs.
import { build } from "esbuild";

await build({
  entryPoints: ["components/island.ts"],
  outfile: "app/island/bundle.js",
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  logLevel: "error",
});
