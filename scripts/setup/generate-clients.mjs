// Generates a Prisma client for each database engine from the one schema. A step of scripts/setup/setup.mjs.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { schemaFor } from "./schema-for.mjs";

const target = path.resolve("lib/db/generated");
rmSync(target, { recursive: true, force: true }); // also what an earlier version generated
const folder = mkdtempSync(path.join(tmpdir(), "broadsheet-schema-"));
try {
  for (const engine of ["sqlite", "postgres"]) {
    const file = path.join(folder, `${engine}.prisma`);
    writeFileSync(file, schemaFor(engine, path.join(target, engine)));
    const command = ["node_modules/prisma/build/index.js", "generate", "--schema", file];
    const { status } = spawnSync(process.execPath, command, { stdio: "inherit" });
    if (status !== 0) process.exit(1);
  }
} finally {
  rmSync(folder, { recursive: true });
}
