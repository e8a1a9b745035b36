// npm run bench
import { prepareProgram } from "./setup/setup.mjs";

const { main } = await prepareProgram("bench");
process.exitCode = await main(process.argv.slice(2));
