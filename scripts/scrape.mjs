// npm run scrape: standard output is the scraper's alone, so setting up speaks on standard error.
import { existsSync } from "node:fs";
import path from "node:path";
import { setFlagsFromString } from "node:v8";
import { endWithNpm, nodeTooOld, registerTypeScript, root, setUp, stop } from "./setup.mjs";

const old = nodeTooOld(process.versions.node);
if (old) stop(old);
endWithNpm();
// V8 would let a heap of 60 MB grow to 200 before it looks for what can go; a third less memory for 7 % of the time.
setFlagsFromString("--heap-growing-percent=20");
process.env.INIT_CWD ??= process.cwd(); // npm sets it: where the user stands, and SOURCE is relative to
process.chdir(root);
const env = path.join(root, ".env");
if (existsSync(env)) process.loadEnvFile(env);

await setUp({ say: console.error });
await registerTypeScript();
const { main } = await import("./scrape.ts");
process.exitCode = await main(process.argv.slice(2));
