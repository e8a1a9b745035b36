import path from "node:path";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: {
    alias: { "@": path.resolve(import.meta.dirname) },
    extensions: [".ts", ".tsx", ".mjs", ".js", ".json"], // so that scripts/scrape means scrape.ts, as in TypeScript
  },
  test: {
    include: ["tests/**/*.test.ts"],
    exclude: ["tests/e2e/**"],
    globalSetup: ["tests/set-up-once.ts"],
    setupFiles: ["tests/setup.ts"],
    maxWorkers: 3, // on two cores: many tests wait for a program or a server
    isolate: false, // loading the modules anew for each file takes longer than many of the tests
    // Slowness on a busy machine is not a failure.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000 } },
  },
});
