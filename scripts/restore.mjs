// npm run restore
import { prepareProgram } from "./setup.mjs";

await prepareProgram();
const { main } = await import("./restore.ts");
process.exitCode = await main(process.argv.slice(2));
