import path from "node:path";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: {
    alias: { "@": path.resolve(import.meta.dirname) },
    extensions: [".ts", ".tsx", ".mjs", ".js", ".json"], // scripts/scrape is scrape.ts, as TypeScript has it
  },
  test: {
    include: ["tests/**/*.test.ts"],
    exclude: ["tests/e2e/**"],
    globalSetup: ["tests/set-up-once.ts"],
    setupFiles: ["tests/setup.ts"],
    maxWorkers: 3, // on two cores: many tests wait for a program or a server
    // A busy machine is no failure.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000 } },
  },
});
