// npm run backup
import { prepareProgram } from "./setup.mjs";

await prepareProgram();
const { main } = await import("./backup.ts");
process.exitCode = await main(process.argv.slice(2));
