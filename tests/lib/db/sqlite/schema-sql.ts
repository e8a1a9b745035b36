import { readFileSync } from "node:fs";
import path from "node:path";
import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg";

/** The SQL that creates an empty database as prisma/schema.prisma describes it, by Prisma's own engine. */
export async function schemaSql(): Promise<string> {
  const root = path.resolve(import.meta.dirname, "../../../..");
  const wasm = path.join(root, "node_modules/@prisma/schema-engine-wasm/schema_engine_bg.wasm");
  const { instance } = await WebAssembly.instantiate(readFileSync(wasm), {
    "./schema_engine_bg.js": bindings,
  });
  bindings.__wbg_set_wasm(instance.exports);
  const files = [
    { path: "schema.prisma", content: readFileSync(path.join(root, "prisma/schema.prisma"), "utf8") },
  ];
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaBetterSqlite3({ url: "file::memory:" }));
  const engine = await bindings.SchemaEngine.new(
    { datamodels: files.map((file) => [file.path, file.content]) },
    () => {},
    adapter,
  );
  const result = await engine.diff({
    from: { tag: "empty" },
    to: { tag: "schemaDatamodel", files },
    script: true,
    exitCode: false,
    filters: { externalTables: [], externalEnums: [] },
  });
  engine.free();
  return result.stdout ?? "";
}
