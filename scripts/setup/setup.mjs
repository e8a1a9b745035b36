// What must be done before Broadsheet can run, each step only where its inputs have changed. Node's own modules
// only: this runs in a fresh clone, where nothing is installed.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { setFlagsFromString } from "node:v8";

// Not import.meta.dirname: a Node without it must come as far as being told that it is too old.
export const root = fileURLToPath(new URL("../..", import.meta.url));
const leastNode = [20, 19];

/** One line that says that this Node is too old; null where it is not. */
export function nodeTooOld(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const fits = major > leastNode[0] || (major === leastNode[0] && minor >= leastNode[1]);
  return fits
    ? null
    : `Broadsheet needs Node ${leastNode.join(".")} or newer, this is ${version}: see https://nodejs.org`;
}

/** Says one line and ends the program: something is wrong that only the user can mend. */
export function stop(line, code = 1) {
  console.error(line);
  process.exit(code);
}

/** npm dies of a signal without passing it on; what it started must not go on unseen. */
export function endWithNpm() {
  if (!process.env.npm_lifecycle_event) return;
  const born = ancestry();
  setInterval(() => ancestry() !== born && process.kill(process.pid, "SIGTERM"), 250).unref();
}

// npm starts a shell and some shells stay between it and us, so the shell's parent counts too where it can be told.
function ancestry() {
  const stat = `/proc/${process.ppid}/stat`;
  const grandparent = existsSync(stat) ? readFileSync(stat, "utf8").split(") ").at(-1).split(" ")[1] : "";
  return `${process.ppid} ${grandparent}`;
}

/** Packages, the Prisma client and our programs; with `build` also the fonts, the island and the site. `say` takes the lines of steps that had to run. */
export async function setUp({ build = false, say = console.log } = {}) {
  await step(say, {
    name: "install",
    doing: "fetching and compiling packages, minutes at the first time",
    stamp: "node_modules/.broadsheet/install",
    inputs: ["package.json", "package-lock.json"],
    salt: [process.versions.modules, process.platform, process.arch],
    command: ["npm", "ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"],
  });
  await step(say, {
    name: "generate",
    doing: "making the Prisma client",
    stamp: "lib/db/generated/.stamp",
    inputs: ["prisma/schema.prisma", "node_modules/prisma/package.json"],
    command: [process.execPath, "node_modules/prisma/build/index.js", "generate"],
    env: prismaEnv(),
  });
  await step(say, {
    name: "programs",
    doing: "bundling the programs",
    stamp: "programs/.stamp",
    inputs: ["scripts", "lib", "prisma/schema.prisma", "tsconfig.json", "package-lock.json"],
    command: [process.execPath, "scripts/setup/bundle-programs.mjs"],
  });
  if (!build) return;
  await step(say, {
    name: "fonts",
    doing: "cutting the fonts to size",
    stamp: "app/fonts/.stamp",
    inputs: ["scripts/setup/subset-fonts.mjs", "package-lock.json"],
    command: [process.execPath, "scripts/setup/subset-fonts.mjs"],
  });
  await step(say, {
    name: "island",
    doing: "bundling the script of the pages",
    stamp: "app/island/.stamp",
    inputs: () => ["scripts/setup/bundle-island.mjs", "package-lock.json", ...readIslandInputs()],
    command: [process.execPath, "scripts/setup/bundle-island.mjs"],
  });
  await step(say, {
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

// Generating needs no schema engine, but the CLI fetches one before any command and fails where it cannot. Any
// program that exists takes its place; where the engine is installed it is left alone.
function prismaEnv() {
  const engines = path.join(root, "node_modules/@prisma/engines");
  const there = existsSync(engines) && readdirSync(engines).some((name) => name.startsWith("schema-engine"));
  return { CHECKPOINT_DISABLE: "1", ...(there ? {} : { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath }) };
}

// The files that esbuild bundled the last time; bundle-island.mjs writes them down.
function readIslandInputs() {
  const file = path.join(root, "app/island/inputs.json");
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : [];
}

async function step(say, { name, doing, stamp, inputs, salt = [], command, env = {} }) {
  const file = path.join(root, stamp);
  const now = () => digest(typeof inputs === "function" ? inputs() : inputs, salt);
  const wanted = now();
  if (existsSync(file) && readFileSync(file, "utf8") === wanted) return;
  rmSync(file, { force: true });
  const begun = Date.now();
  const slow = setTimeout(() => say(`${name}: ${doing} …`), 3000);
  const { code, output } = await run(command, env);
  clearTimeout(slow);
  if (code !== 0) {
    process.stderr.write(output);
    stop(
      `${name}: failed (${command[0] === process.execPath ? path.basename(command[1]) : command[0]} ended with ${code}); what it said stands above`,
    );
  }
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, now());
  say(`${name}: done in ${((Date.now() - begun) / 1000).toFixed(1)} s`);
}

/** SHA-256 over the names and bytes of files, and of all files in folders, except documentation. */
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

/** Runs a program in a process group of its own; a signal to us ends the whole group. Output is kept, not shown. */
export function run(command, env = {}, stdio = ["ignore", "pipe", "pipe"]) {
  return new Promise((resolve) => {
    const child = spawn(command[0], command.slice(1), {
      cwd: root,
      env: { ...process.env, ...env },
      stdio,
      detached: true,
    });
    let output = "";
    const keep = (bytes) => {
      output += bytes;
    };
    child.stdout?.on("data", keep);
    child.stderr?.on("data", keep);
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

// At once and with all that it started: none of these steps has anything to finish.
function endGroup(pid) {
  try {
    process.kill(-pid, "SIGKILL");
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}

/**
 * Sets up what a program of ours needs, and loads it. Standard output is the program's alone, so setting up speaks on
 * standard error.
 */
export async function prepareProgram(name) {
  const old = nodeTooOld(process.versions.node);
  if (old) stop(old);
  endWithNpm();
  process.env.INIT_CWD ??= process.cwd(); // npm sets it: where the user stands, and files are relative to
  process.chdir(root);
  const env = path.join(root, ".env");
  if (existsSync(env)) process.loadEnvFile(env);
  await setUp({ say: console.error });
  return loadProgram(name);
}

/** Imports a program that `setUp` has bundled. From here on what is written is the reader's own, and nobody else may read it. */
export function loadProgram(name) {
  // V8 would let a heap of 60 MB grow to 200 before it looks for what can go: a third less memory for 7 % of the time.
  // The smaller space for new objects (30 MB less, for as much again) can only be asked for before Node starts, so it
  // stands in package.json.
  setFlagsFromString("--heap-growing-percent=20");
  process.umask(0o077);
  // So that a stack trace names our files. For the server Node would keep the maps of Next and of all pages too, 40 MB;
  // whoever looks for a fault there starts it with NODE_OPTIONS=--enable-source-maps.
  if (name !== "serve") process.setSourceMapsEnabled(true);
  return import(pathToFileURL(path.join(root, "programs", `${name}.mjs`)).href);
}
