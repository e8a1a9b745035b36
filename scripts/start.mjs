// npm start: everything from a fresh clone to a running site, in this one process.
import { accessSync, constants, existsSync, mkdirSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { endWithNpm, loadEnvFile, loadProgram, nodeTooOld, root, setUp, stop } from "./setup/setup.mjs";

const old = nodeTooOld(process.versions.node);
if (old) stop(old);
const args = process.argv.slice(2);
const usage = "npm start   takes no options; README's Configure section lists the variables it reads";
if (args.includes("--help") || args.includes("-h")) {
  console.log(usage);
  process.exit(0);
}
if (args.length > 0) stop(`start: expected no options, got "${args.join(" ")}"\n${usage}`, 2);
endWithNpm();
process.chdir(root);
loadEnvFile();

// Report problems that only the user can fix before spending minutes on installing.
const host = process.env.HOST || "127.0.0.1";
const port = Number(process.env.PORT || 3000);
if (!Number.isInteger(port) || port < 0 || port > 65535) {
  stop(`PORT: expected a number from 0 to 65535, got "${process.env.PORT}"`);
}
await checkPort();
checkDataFolder();

await setUp({ build: true });
const { serve } = await loadProgram("serve");
await serve();

function checkPort() {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", (error) => {
      if (error.code === "EADDRINUSE") {
        stop(
          `Port ${port} on ${host} is already in use. Choose another: PORT=${port === 65535 ? 3000 : port + 1} npm start`,
        );
      }
      stop(
        `Could not listen on ${host}:${port} (${error.message}). Set HOST and PORT to an address of this machine`,
      );
    });
    probe.listen(port, host, () => probe.close(resolve));
  });
}

function checkDataFolder() {
  const url = process.env.DATABASE_URL || "file:data/broadsheet.db";
  if (!url.startsWith("file:")) return; // lib/env.ts checks the address of a server
  const file = path.resolve(url.slice("file:".length));
  const folder = path.dirname(file);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK | constants.X_OK);
    if (existsSync(file)) accessSync(file, constants.W_OK);
  } catch (error) {
    stop(
      `The library's folder ${folder} is not writable (${error.message}). Choose another: DATABASE_URL=file:/path/library.db npm start`,
    );
  }
}
