// npm run copy
import { prepareProgram } from "./setup/setup.mjs";

const { main } = await prepareProgram("copy");
process.exitCode = await main(process.argv.slice(2));
