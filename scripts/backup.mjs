// npm run backup
import { prepareProgram } from "./setup/setup.mjs";

const { main } = await prepareProgram("backup");
process.exitCode = await main(process.argv.slice(2));
