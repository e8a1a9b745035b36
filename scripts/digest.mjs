// npm run digest
import { prepareProgram } from "./setup/setup.mjs";

const { main } = await prepareProgram("digest");
process.exitCode = await main(process.argv.slice(2));
