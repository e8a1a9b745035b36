import { Prisma } from "./prisma";

// Numbers beyond 2^53 are not exact in JSON, so there is no type for them.
type Values = { int: number; text: string; bool: boolean; bytes: Uint8Array; time: Date };
type Columns = Record<string, keyof Values>;
type Row<C extends Columns> = { [name in keyof C]: Values[C[name]] | null };

/**
 * Records as a table in a SQL statement, in order, with the named columns: `SELECT t.key FROM ${rows(…)} AS t`. The
 * table is a single parameter, because SQLite accepts only a few thousand. It is sent as bytes, because Prisma would
 * escape every quote in a text and undo that again for SQLite. An unpaired surrogate becomes U+FFFD, because UTF-8
 * cannot represent it.
 */
export function rows<C extends Columns>(records: Row<NoInfer<C>>[], columns: C): Prisma.Sql {
  const [first = "", ...others] = Object.keys(columns);
  // A single column needs no array around each value.
  const values = records.map((record) =>
    others.length === 0
      ? toJson(record[first])
      : [toJson(record[first]), ...others.map((name) => toJson(record[name]))],
  );
  const select = Object.entries(columns).map(([name, type], index) => {
    const value = others.length === 0 ? "value" : `value ->> ${index}`;
    return `${decoders[type](value)} AS "${name}"`;
  });
  const json = Buffer.from(JSON.stringify(values));
  return Prisma.sql`(SELECT ${Prisma.raw(select.join(", "))} FROM json_each(CAST(${json} AS TEXT)))`;
}

const decoders: { [type in keyof Values]: (value: string) => string } = {
  int: (value) => `CAST(${value} AS INTEGER)`,
  text: (value) => `CAST(${value} AS TEXT)`,
  bool: (value) => `CAST(${value} AS INTEGER)`,
  bytes: (value) => `unhex(${value})`,
  time: (value) => `CAST(${value} AS TEXT)`,
};

function toJson(value: Values[keyof Values] | null | undefined): string | number | boolean | null {
  if (typeof value === "string") return value.toWellFormed();
  if (value instanceof Uint8Array)
    return Buffer.from(value.buffer, value.byteOffset, value.length).toString("hex");
  // In the format of Prisma's adapter, so that all times sort together.
  if (value instanceof Date) return value.toISOString().replace("Z", "+00:00");
  return value ?? null;
}
