// Prepares everything Broadsheet needs to run. Each step runs only if its inputs changed. Uses Node's own modules only,
// because in a fresh clone nothing is installed.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { setFlagsFromString } from "node:v8";

// Not import.meta.dirname, because an old Node must get far enough to print that it is too old.
export const root = fileURLToPath(new URL("../..", import.meta.url));
const minNode = [20, 19];

/** One line if this Node is too old, or null. */
export function nodeTooOld(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const fits = major > minNode[0] || (major === minNode[0] && minor >= minNode[1]);
  return fits
    ? null
    : `Broadsheet needs Node ${minNode.join(".")} or newer, this is ${version}: see https://nodejs.org`;
}

/** Prints one line and ends the program, for problems that only the user can fix. */
export function stop(line, code = 1) {
  console.error(line);
  process.exit(code);
}

/** Sets the variables of `.env` that are not set yet, if there is such a file. */
export function loadEnvFile(file = path.join(root, ".env")) {
  if (!existsSync(file)) return;
  try {
    readFileSync(file); // Node reports a folder, or a file it may not read, as something else
    process.loadEnvFile(file);
  } catch (error) {
    stop(`${file}: expected a readable file of variables, one NAME=value per line (${error.message})`);
  }
}

/** When npm is killed, it does not pass the signal on, so end with it. */
export function endWithNpm() {
  if (!process.env.npm_lifecycle_event) return;
  const parentsAtStart = ancestry();
  setInterval(() => ancestry() !== parentsAtStart && process.kill(process.pid, "SIGTERM"), 250).unref();
}

// npm starts a shell, and some shells stay in between, so the shell's parent is checked too if it can be found.
function ancestry() {
  const stat = `/proc/${process.ppid}/stat`;
  const grandparent = existsSync(stat) ? readFileSync(stat, "utf8").split(") ").at(-1).split(" ")[1] : "";
  return `${process.ppid} ${grandparent}`;
}

/**
 * Installs packages, and generates the Prisma client and our programs. With `build`, also the fonts, the island and the
 * site. `log` receives a line for each step that runs.
 */
export async function setUp({ build = false, log = console.log } = {}) {
  if (existsSync(path.join(root, ".built"))) return; // scripts/deploy/slim.sh removed what setup would need
  await step(log, {
    name: "install",
    doing: "downloading and compiling packages, a few minutes the first time",
    stamp: "node_modules/.broadsheet/install",
    inputs: ["package.json", "package-lock.json"],
    salt: [process.versions.modules, process.platform, process.arch],
    command: ["npm", "ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"],
  });
  await step(log, {
    name: "generate",
    doing: "generating the Prisma clients",
    stamp: "lib/db/generated/.stamp",
    inputs: [
      "prisma/schema.prisma",
      "node_modules/prisma/package.json",
      ...["generate-clients", "schema-for"].map((name) => `scripts/setup/${name}.mjs`),
    ],
    command: [process.execPath, "scripts/setup/generate-clients.mjs"],
    env: prismaEnv(),
  });
  await step(log, {
    name: "programs",
    doing: "bundling the programs",
    stamp: "programs/.stamp",
    inputs: ["scripts", "lib", "prisma/schema.prisma", "tsconfig.json", "package-lock.json"],
    command: [process.execPath, "scripts/setup/bundle-programs.mjs"],
  });
  if (!build) return;
  await step(log, {
    name: "fonts",
    doing: "subsetting the fonts",
    stamp: "app/fonts/.stamp",
    inputs: ["scripts/setup/subset-fonts.mjs", "package-lock.json"],
    command: [process.execPath, "scripts/setup/subset-fonts.mjs"],
  });
  await step(log, {
    name: "island",
    doing: "bundling the browser script",
    stamp: "app/island/.stamp",
    inputs: () => ["scripts/setup/bundle-island.mjs", "package-lock.json", ...readIslandInputs()],
    command: [process.execPath, "scripts/setup/bundle-island.mjs"],
  });
  await step(log, {
    name: "build",
    doing: "building the site",
    stamp: ".next/broadsheet-stamp",
    inputs: [
      "app",
      "components",
      "lib",
      "public",
      "prisma/schema.prisma",
      "next.config.ts",
      "postcss.config.mjs",
      "tsconfig.json",
      "package-lock.json",
    ],
    command: [process.execPath, "node_modules/next/dist/bin/next", "build"],
    env: { NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" },
  });
}

// Generating needs no schema engine, but the CLI downloads one before any command and fails if it cannot. Any
// executable satisfies it. An installed engine is left alone.
function prismaEnv() {
  const engines = path.join(root, "node_modules/@prisma/engines");
  const isInstalled =
    existsSync(engines) && readdirSync(engines).some((name) => name.startsWith("schema-engine"));
  return {
    CHECKPOINT_DISABLE: "1",
    ...(isInstalled ? {} : { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath }),
  };
}

// The files in the last bundle, written by bundle-island.mjs.
function readIslandInputs() {
  const file = path.join(root, "app/island/inputs.json");
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : [];
}

async function step(log, { name, doing, stamp, inputs, salt = [], command, env = {} }) {
  const file = path.join(root, stamp);
  const now = () => digest(typeof inputs === "function" ? inputs() : inputs, salt);
  const wanted = now();
  if (existsSync(file) && readFileSync(file, "utf8") === wanted) return;
  rmSync(file, { force: true });
  const startedAt = Date.now();
  const slow = setTimeout(() => log(`${name}: ${doing} …`), 3000);
  const { code, output } = await run(command, env);
  clearTimeout(slow);
  if (code !== 0) {
    process.stderr.write(output);
    stop(
      `${name}: failed (${command[0] === process.execPath ? path.basename(command[1]) : command[0]} exited with ${code}); see its output above`,
    );
  }
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, now());
  log(`${name}: done in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
}

/** SHA-256 of the names and bytes of files, including all files in folders, except documentation. */
function digest(inputs, salt) {
  const hash = createHash("sha256").update(JSON.stringify(salt));
  const add = (name) => {
    if (name.endsWith(".md")) return; // documentation is part of no build
    const file = path.join(root, name);
    if (!existsSync(file) || name === "lib/db/generated") return; // the generated client follows from the schema
    if (statSync(file).isDirectory()) for (const entry of readdirSync(file).sort()) add(`${name}/${entry}`);
    else hash.update(`${name}\0`).update(readFileSync(file)).update("\0");
  };
  for (const input of inputs) add(input);
  return hash.digest("hex");
}

/** Runs a program in its own process group. A signal to us ends the whole group. The output is returned, not shown. */
export function run(command, env = {}, stdio = ["ignore", "pipe", "pipe"], cwd = root) {
  return new Promise((resolve) => {
    const child = spawn(command[0], command.slice(1), {
      cwd,
      env: { ...process.env, ...env },
      stdio,
      detached: true,
    });
    let output = "";
    const collect = (bytes) => {
      output += bytes;
    };
    child.stdout?.on("data", collect);
    child.stderr?.on("data", collect);
    const end = (signal) => {
      endGroup(child.pid);
      process.exit(signal === "SIGINT" ? 130 : 143);
    };
    for (const signal of signals) process.on(signal, end);
    const done = (code, text = "") => {
      for (const signal of signals) process.off(signal, end);
      resolve({ code, output: output + text });
    };
    child.on("error", (error) => done(1, `${error.message}\n`));
    child.on("close", (code, signal) => done(code ?? signal));
  });
}

const signals = ["SIGINT", "SIGTERM", "SIGHUP"];

// Kills at once, because none of these steps has anything to finish.
function endGroup(pid) {
  try {
    process.kill(-pid, "SIGKILL");
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}

/**
 * Sets up what a program needs and loads it. Setup reports on standard error, because standard output belongs to the
 * program.
 */
export async function prepareProgram(name) {
  const old = nodeTooOld(process.versions.node);
  if (old) stop(old);
  endWithNpm();
  process.env.INIT_CWD ??= process.cwd(); // npm sets it to the user's folder, which file names are relative to
  process.chdir(root);
  loadEnvFile();
  await setUp({ log: console.error });
  return loadProgram(name);
}

/** Imports a bundled program. From here on, files are created readable only by their owner. */
export function loadProgram(name) {
  // V8 would let a heap of 60 MB grow to 200 before collecting: this saves a third of the memory for 7 % of the time.
  // The smaller space for new objects (another 30 MB) can only be set before Node starts, so it is in package.json.
  setFlagsFromString("--heap-growing-percent=20");
  process.umask(0o077);
  // Makes stack traces name our files. In the server, Node would also load the maps of Next and of all pages, 40 MB; to
  // debug it, start it with NODE_OPTIONS=--enable-source-maps.
  if (name !== "serve") process.setSourceMapsEnabled(true);
  return import(pathToFileURL(path.join(root, "programs", `${name}.mjs`)).href);
}
