// npm run scrape
import { prepareProgram } from "./setup/setup.mjs";

const { main } = await prepareProgram("scrape");
// The reader of the output has closed it. Keep saving.
process.stdout.on("error", (error) => {
  if (error.code !== "EPIPE") throw error;
});
process.exitCode = await main(process.argv.slice(2));
