import { setTimeout as sleep } from "node:timers/promises";
import { database } from "@/lib/db/client";
import { connectionsOf } from "@/lib/db/engine";
import { countImports } from "@/lib/imports/count-imports";

// Prometheus waits ten seconds by default.
const patienceMs = 2000;

/**
 * What the main thread measures: the process, the connections to the database, and the library. Returns a function
 * that returns all of it as text. While the library cannot be read, `broadsheet_library_up` is 0 and what it would say
 * is missing.
 */
export async function openLibraryMetrics(): Promise<() => Promise<string>> {
  const { Counter, collectDefaultMetrics, Gauge, Registry } = await import("prom-client");
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const up = new Gauge({ name: "broadsheet_library_up", help: "Whether the library can be read", registers });
  const papers = new Gauge({ name: "broadsheet_papers", help: "Papers in the library", registers });
  const imports = new Counter({
    name: "broadsheet_imports_total",
    help: "Imports into the library, by any process",
    labelNames: ["format", "result"],
    registers,
  });
  const entries = new Counter({
    name: "broadsheet_import_entries_total",
    help: "Entries of imported listings, by what became of them",
    labelNames: ["result"],
    registers,
  });
  const lastImport = new Gauge({
    name: "broadsheet_last_import_timestamp_seconds",
    help: "When the last import finished, in Unix time, even if it found nothing new",
    registers,
  });
  new Gauge({
    name: "broadsheet_database_connections",
    help: "Connections to PostgreSQL, and requests that wait for one",
    labelNames: ["state"],
    registers,
    collect() {
      const now = connectionsOf(database());
      for (const [state, count] of Object.entries(now ?? {})) this.set({ state }, count);
    },
  });

  const measureLibrary = async () => {
    const now = await Promise.race([
      countImports(database()).catch(() => null), // broadsheet_library_up says so
      sleep(patienceMs, null, { ref: false }),
    ]);
    for (const metric of [papers, lastImport]) metric.remove();
    for (const metric of [imports, entries]) metric.reset();
    up.set(now ? 1 : 0);
    if (!now) return;
    papers.set(now.papers);
    for (const { format, failed, count } of now.imports)
      imports.inc({ format: format ?? "unknown", result: failed ? "failed" : "ok" }, count);
    for (const [result, count] of Object.entries(now.entries)) entries.inc({ result }, count);
    if (now.lastAt) lastImport.set(now.lastAt.getTime() / 1000);
  };
  return async () => {
    await measureLibrary();
    return registry.metrics();
  };
}
