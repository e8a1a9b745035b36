// npm run scrape
import { prepareProgram } from "./setup/setup.mjs";

const { main } = await prepareProgram("scrape");
// If the program that reads our output exits, keep saving.
process.stdout.on("error", (error) => {
  if (error.code !== "EPIPE") throw error;
});
process.exitCode = await main(process.argv.slice(2));
