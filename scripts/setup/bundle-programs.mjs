// Bundles the programs to plain JavaScript in programs/. A step of scripts/setup/setup.mjs.
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";

const folder = "programs";
// Each program by its name.
const programs = {
  serve: "serve",
  "front-worker": "front-worker",
  scrape: "scrape/scrape",
  "lines-worker": "scrape/lines-worker",
  bench: "bench/bench",
  backup: "backup",
  copy: "copy",
  digest: "digest",
  drill: "drill/drill",
  restore: "restore",
  "upload-worker": "upload-worker",
};

const { outputFiles } = await build({
  entryPoints: Object.entries(programs).map(([out, file]) => ({ out, in: `scripts/${file}.ts` })),
  outdir: folder,
  outExtension: { ".js": ".mjs" },
  bundle: true,
  packages: "external",
  format: "esm",
  platform: "node",
  target: "node20.19",
  sourcemap: true,
  sourcesContent: false, // they are in the same folder
  write: false,
  logLevel: "error",
});

// Anyone who can write here can run code as this user, so only the owner may, whatever the umask. Each file is replaced in
// one step, because another program may be reading the old one.
mkdirSync(folder, { recursive: true, mode: 0o755 });
for (const { path: file, contents } of outputFiles) {
  const part = `${file}.${process.pid}`;
  writeFileSync(part, contents, { mode: 0o644 });
  renameSync(part, path.join(folder, path.basename(file)));
}
