// npm run restore
import { prepareProgram } from "./setup.mjs";

const { main } = await prepareProgram("restore");
process.exitCode = await main(process.argv.slice(2));
