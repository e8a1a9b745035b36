// npm run scrape
import { prepareProgram } from "./setup.mjs";

await prepareProgram();
const { main } = await import("./scrape.ts");
process.exitCode = await main(process.argv.slice(2));
