import { engineOf } from "./engine";
import { withoutNull } from "./postgres/text";
import { Prisma, type Transaction } from "./prisma";

// Numbers beyond 2^53 are not exact in JSON, so there is no type for them.
type Values = { int: number; text: string; bool: boolean; bytes: Uint8Array; time: Date };
type Columns = Record<string, keyof Values>;
type Row<C extends Columns> = { [name in keyof C]: Values[C[name]] | null };

/**
 * Records as a table in a SQL statement for `db`, in order, with the named columns:
 * `SELECT t.key FROM ${rows(db, …)} AS t`. The table is a single parameter, because SQLite accepts only a few thousand.
 * It is sent as bytes, because Prisma would escape every quote in a text and undo that again. An unpaired surrogate
 * becomes U+FFFD, because UTF-8 cannot represent it; on PostgreSQL, U+0000 does too.
 */
export function rows<C extends Columns>(db: Transaction, records: Row<NoInfer<C>>[], columns: C): Prisma.Sql {
  return tables[engineOf(db)](records, columns);
}

const tables = { sqlite: toSqlite, postgres: toPostgres };

function toSqlite(records: Row<Columns>[], columns: Columns): Prisma.Sql {
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

function toPostgres(records: Row<Columns>[], columns: Columns): Prisma.Sql {
  const names = Object.keys(columns);
  const values = records.map((record) =>
    Object.fromEntries(names.map((name) => [name, withoutNull(toJson(record[name]))])),
  );
  const entries = Object.entries(columns);
  const declared = entries.map(([name, type]) => `"${name}" ${types[type]}`).join(", ");
  const select = entries.map(([name, type]) =>
    type === "bytes" ? `decode("${name}", 'hex') AS "${name}"` : `"${name}"`,
  );
  const json = Buffer.from(JSON.stringify(values));
  return Prisma.sql`(SELECT ${Prisma.raw(select.join(", "))}
    FROM json_to_recordset(convert_from(${json}, 'UTF8')::json) AS given(${Prisma.raw(declared)}))`;
}

const types: { [type in keyof Values]: string } = {
  int: "bigint",
  text: 'text COLLATE "C"',
  bool: "boolean",
  bytes: "text",
  time: "timestamp(3)", // without a time zone, like Prisma's columns: UTC
};

function toJson(value: Values[keyof Values] | null | undefined): string | number | boolean | null {
  if (typeof value === "string") return value.toWellFormed();
  if (value instanceof Uint8Array)
    return Buffer.from(value.buffer, value.byteOffset, value.length).toString("hex");
  // In the format of Prisma's adapter for SQLite, so that all times sort together.
  if (value instanceof Date) return value.toISOString().replace("Z", "+00:00");
  return value ?? null;
}
