// npm run restore
import { prepareProgram } from "./setup/setup.mjs";

const { main } = await prepareProgram("restore");
process.exitCode = await main(process.argv.slice(2));
