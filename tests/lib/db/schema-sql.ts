import { readFileSync } from "node:fs";
import path from "node:path";
import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg";
import type { EngineName } from "@/lib/db/engine";
import { schemaFor } from "@/scripts/setup/schema-for.mjs";

// Neither is written to, but the engine asks a server for its version.
const adapters = {
  sqlite: () => new PrismaBetterSqlite3({ url: "file::memory:" }),
  postgres: (server: string) => new PrismaPg(server, { schema: "public" }),
};

/** The SQL that creates an empty database as prisma/schema.prisma describes it, by Prisma's own engine. */
export async function schemaSql(engine: EngineName, server = ""): Promise<string> {
  const wasm = path.resolve("node_modules/@prisma/schema-engine-wasm/schema_engine_bg.wasm");
  const { instance } = await WebAssembly.instantiate(readFileSync(wasm), {
    "./schema_engine_bg.js": bindings,
  });
  bindings.__wbg_set_wasm(instance.exports);
  const files = [{ path: "schema.prisma", content: schemaFor(engine) }];
  const schemaEngine = await bindings.SchemaEngine.new(
    { datamodels: files.map((file) => [file.path, file.content]) },
    () => {},
    bindMigrationAwareSqlAdapterFactory(adapters[engine](server)),
  );
  const result = await schemaEngine.diff({
    from: { tag: "empty" },
    to: { tag: "schemaDatamodel", files },
    script: true,
    exitCode: false,
    filters: { externalTables: [], externalEnums: [] },
  });
  schemaEngine.free();
  return result.stdout ?? "";
}
