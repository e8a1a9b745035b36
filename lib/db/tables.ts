import { readFileSync } from "node:fs";
import path from "node:path";

/** A table of the library: its key, and the type of each column as `rows` names it. */
export type Table = { name: string; key: string[]; columns: Record<string, ColumnType> };
type ColumnType = (typeof types)[keyof typeof types];

const types = {
  Int: "int",
  BigInt: "int",
  String: "text",
  Boolean: "bool",
  Bytes: "bytes",
  DateTime: "time",
} as const;

/** All tables, as the schema describes them; each comes after those that it refers to. */
export function readTables(): Table[] {
  const schema = readFileSync(path.resolve("prisma/schema.prisma"), "utf8");
  const models = [...schema.matchAll(/^model (\w+) \{\n(.*?)^\}/gms)].map(([, name = "", body = ""]) => ({
    table: { name, key: readKey(body), columns: readColumns(body) },
    parents: [...body.matchAll(/^ +\w+ +(\w+)\?? +@relation\(fields/gm)].map(([, parent = ""]) => parent),
  }));
  const sorted: Table[] = [];
  const isSorted = (name: string) => sorted.some((table) => table.name === name);
  while (sorted.length < models.length) {
    const next = models.find(({ table, parents }) => !isSorted(table.name) && parents.every(isSorted));
    if (!next)
      throw new Error("prisma/schema.prisma: expected tables that do not refer to each other in a circle");
    sorted.push(next.table);
  }
  return sorted;
}

function readColumns(body: string): Table["columns"] {
  const fields = body.matchAll(/^ +(\w+) +(Int|BigInt|String|Boolean|Bytes|DateTime)\b/gm);
  return Object.fromEntries([...fields].map(([, name, type]) => [name, types[type as keyof typeof types]]));
}

function readKey(body: string): string[] {
  const [, several] = /^ +@@id\(\[([^\]]+)\]/m.exec(body) ?? [];
  if (several) return several.split(/, */);
  return [...body.matchAll(/^ +(\w+) .* @id\b/gm)].map(([, name = ""]) => name);
}
