// npm run bench
import { prepareProgram } from "./setup.mjs";

await prepareProgram();
const { main } = await import("./bench.ts");
process.exitCode = await main(process.argv.slice(2));
