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
    testTimeout: 120_000, // a busy machine is no failure
  },
});
