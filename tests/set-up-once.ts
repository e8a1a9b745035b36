import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import type { EngineName } from "../lib/db/engine";
import { migrate } from "../lib/db/sqlite/migrate";
import { setUp } from "../scripts/setup/setup.mjs";

declare module "vitest" {
  interface ProvidedContext {
    /** The database engine that the tests use. */
    engine: EngineName;
    /** The file of an empty, migrated library; `openTestLibrary` copies it. */
    baseLibrary: string;
  }
}

// Runs before the first test: bundles the programs that tests run, and creates the empty library that tests copy.
export default async (project: TestProject) => {
  await setUp();
  const folder = mkdtempSync(path.join(tmpdir(), "broadsheet-base-"));
  const file = path.join(folder, "library.db");
  await migrate(file);
  project.provide("baseLibrary", file);
  return () => rmSync(folder, { recursive: true });
};
