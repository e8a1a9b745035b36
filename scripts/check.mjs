// npm run check: format, lint, types, and the tests that need no browser, on SQLite.
import { endWithNpm, nodeTooOld, root, run, setUp, stop } from "./setup/setup.mjs";

const old = nodeTooOld(process.versions.node);
if (old) stop(old);
endWithNpm();
process.chdir(root);
await setUp();

const node = process.execPath;
const checks = {
  biome: [node, "node_modules/@biomejs/biome/bin/biome", "check"],
  types: [node, "node_modules/typescript/bin/tsc", "--noEmit"],
  tests: [node, "node_modules/vitest/vitest.mjs", "run", "--project=sqlite", "--reporter=dot"],
};
let failed = false;
for (const [name, command] of Object.entries(checks)) {
  const startedAt = Date.now();
  const { code, output } = await run(command);
  if (code !== 0) process.stdout.write(output);
  failed ||= code !== 0;
  console.log(`${name}: ${code === 0 ? "ok" : "failed"}, ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
}
process.exit(failed ? 1 : 0);
