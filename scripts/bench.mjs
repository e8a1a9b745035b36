// npm run bench: standard output is the figures', as JSON.
import { existsSync } from "node:fs";
import path from "node:path";
import { setFlagsFromString } from "node:v8";
import { endWithNpm, nodeTooOld, registerTypeScript, root, setUp, stop } from "./setup.mjs";

const old = nodeTooOld(process.versions.node);
if (old) stop(old);
endWithNpm();
setFlagsFromString("--heap-growing-percent=20"); // as scrape.mjs does: the same program is to be measured
process.env.INIT_CWD ??= process.cwd();
process.chdir(root);
const env = path.join(root, ".env");
if (existsSync(env)) process.loadEnvFile(env);

await setUp({ say: console.error });
await registerTypeScript();
const { main } = await import("./bench.ts");
process.exitCode = await main(process.argv.slice(2));
