// npm run scrape
import { prepareProgram } from "./setup/setup.mjs";

const { main } = await prepareProgram("scrape");
// Whoever reads the output has had enough of it; what is being saved goes on.
process.stdout.on("error", (error) => {
  if (error.code !== "EPIPE") throw error;
});
process.exitCode = await main(process.argv.slice(2));
