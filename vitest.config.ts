import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { defineConfig } from "vitest/config";

const all = readdirSync(path.join(import.meta.dirname, "tests"), { recursive: true, encoding: "utf8" })
  .map((name) => path.posix.join("tests", name))
  .filter((file) => file.endsWith(".test.ts") && !file.startsWith("tests/e2e/"));
const isOf = (engine: string) => (file: string) => file.startsWith(`tests/lib/db/${engine}/`);
// What needs a library is tested on both engines.
const needsLibrary = (file: string) =>
  readFileSync(path.join(import.meta.dirname, file), "utf8").includes("openTestLibrary");

export default defineConfig({
  resolve: {
    alias: { "@": path.resolve(import.meta.dirname) },
    extensions: [".ts", ".tsx", ".mjs", ".js", ".json"], // so that scripts/scrape means scrape.ts, as in TypeScript
  },
  test: {
    setupFiles: ["tests/setup.ts"],
    maxWorkers: 3, // on two cores: many tests wait for a program or a server
    isolate: false, // loading the modules anew for each file takes longer than many of the tests
    // Slowness on a busy machine is not a failure.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    teardownTimeout: 60_000,
    expect: { poll: { timeout: 60_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: "sqlite",
          include: all.filter((file) => !isOf("postgres")(file)),
          globalSetup: ["tests/set-up-once.ts"],
          provide: { engine: "sqlite" },
        },
      },
      {
        extends: true,
        test: {
          name: "postgres",
          include: all.filter(
            (file) => isOf("postgres")(file) || (needsLibrary(file) && !isOf("sqlite")(file)),
          ),
          globalSetup: ["tests/set-up-once.ts", "tests/postgres-server.ts"],
          provide: { engine: "postgres" },
        },
      },
    ],
  },
});
