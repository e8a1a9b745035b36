import { expect, test } from "vitest";
import { Prisma } from "@/lib/db/prisma";
import { rows } from "@/lib/db/rows";
import { openTestLibrary, testEngine } from "@/tests/library";

const { db } = openTestLibrary();

const columns = { count: "int", name: "text", open: "bool", bytes: "bytes", at: "time" } as const;
const at = new Date("2026-02-03T04:05:06.789Z");
const full = { count: 3, name: "tea", open: true, bytes: new Uint8Array([0, 255, 39]), at };
const empty = { count: null, name: null, open: null, bytes: null, at: null };

const isSqlite = testEngine() === "sqlite";
const typeOf = (name: string) =>
  Prisma.raw(isSqlite ? `typeof("${name}")` : `CAST(pg_typeof("${name}") AS text)`);
const hexOf = (name: string) => Prisma.raw(isSqlite ? `hex("${name}")` : `upper(encode("${name}", 'hex'))`);

test("records come back in their order, each value with the type of its column", async () => {
  const records = [full, empty, { ...full, count: -1, open: false, name: "", bytes: new Uint8Array() }];
  const found = await db().$queryRaw`
    SELECT count, ${typeOf("count")} AS "countType", name, ${typeOf("name")} AS "nameType",
      open, ${typeOf("open")} AS "openType", ${hexOf("bytes")} AS bytes, ${typeOf("bytes")} AS "bytesType", at
    FROM ${rows(db(), records, columns)} AS t`;
  const moment = isSqlite ? "2026-02-03T04:05:06.789+00:00" : at;
  const types = isSqlite
    ? { countType: "integer", nameType: "text", openType: "integer", bytesType: "blob" }
    : { countType: "bigint", nameType: "text", openType: "boolean", bytesType: "bytea" };
  // A null of SQLite has no type, and hex() makes a text of it.
  const none = isSqlite
    ? { bytes: "", countType: "null", nameType: "null", openType: "null", bytesType: "null" }
    : { bytes: null, ...types };
  const bool = (value: boolean) => (isSqlite ? BigInt(value) : value);
  expect(found).toEqual([
    { count: 3n, name: "tea", open: bool(true), bytes: "00FF27", at: moment, ...types },
    { count: null, name: null, open: null, at: null, ...none },
    { count: -1n, name: "", open: bool(false), bytes: "", at: moment, ...types },
  ]);
});

test("a time is stored as Prisma stores it", async () => {
  await db().refresh.create({ data: { id: 2, startedAt: at } });
  await db()
    .$executeRaw`INSERT INTO "Refresh" (id, "startedAt") SELECT 3, t.at FROM ${rows(db(), [{ at }], { at: "time" })} AS t`;
  const stored = db()
    .$queryRaw`SELECT DISTINCT CAST("startedAt" AS TEXT) AS at FROM "Refresh" WHERE id IN (2, 3)`;
  expect(await stored).toHaveLength(1);
});

test.each(["int", "text", "bool", "bytes", "time"] as const)(
  "an empty table and a table of nulls may have a column of type %s",
  async (type) => {
    expect(await db().$queryRaw`SELECT it FROM ${rows(db(), [], { it: type })} AS t`).toEqual([]);
    const one = rows(db(), [{ it: null }], { it: type });
    expect(await db().$queryRaw`SELECT it FROM ${one} AS t`).toEqual([{ it: null }]);
  },
);

test.each([
  ["quotes", `'"'' "" \`´`],
  ["backslashes", String.raw`\ \\ \n \u0041 \ud800 \"`],
  ["line breaks", "a\nb\r\nc\u2028d"],
  ["emoji", "🦊👩‍🔬 e\u0301 ０"],
  ["nothing but digits", "007"],
  ["JSON syntax", `["a", {"b": null}]`],
])("a text with %s comes back unchanged, alone and beside another", async (_, text) => {
  const alone = rows(db(), [{ text }], { text: "text" });
  expect(await db().$queryRaw`SELECT text FROM ${alone} AS t`).toEqual([{ text }]);
  const beside = rows(db(), [{ text, other: text }], { text: "text", other: "text" });
  expect(await db().$queryRaw`SELECT text, other FROM ${beside} AS t`).toEqual([{ text, other: text }]);
});

test("half a surrogate pair becomes the replacement character", async () => {
  const records = [{ text: "a\ud800b" }, { text: "\udc00" }];
  const found = await db().$queryRaw`SELECT text FROM ${rows(db(), records, { text: "text" })} AS t`;
  expect(found).toEqual([{ text: "a\ufffdb" }, { text: "\ufffd" }]);
});

test("a null character stays, or becomes the replacement character on PostgreSQL, which has none", async () => {
  const [stored, text] = [isSqlite ? "a\0b" : "a\ufffdb", "a\0b"];
  expect(await db().$queryRaw`SELECT text FROM ${rows(db(), [{ text }], { text: "text" })} AS t`).toEqual([
    { text: stored },
  ]);
  await db().validator.create({ data: { url: text } });
  expect(await db().$queryRaw`SELECT url FROM "Validator" WHERE url = ${text}`).toEqual([{ url: stored }]);
});

test("whole numbers are exact up to 2^53", async () => {
  const records = [Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER].map((it) => ({ it }));
  const found = await db()
    .$queryRaw`SELECT CAST(it AS TEXT) AS it FROM ${rows(db(), records, { it: "int" })} AS t`;
  expect(found).toEqual([{ it: "9007199254740991" }, { it: "-9007199254740991" }]);
});

test("a hundred thousand records are one statement with one parameter", async () => {
  const records = Array.from({ length: 100_000 }, (_, index) => ({ index, name: `paper "${index}"` }));
  const table = rows(db(), records, { index: "int", name: "text" });
  expect(table.values).toHaveLength(1);
  const found = await db().$queryRaw`
    SELECT count(*) AS count, CAST(sum("index") AS bigint) AS sum, count(DISTINCT name) AS names FROM ${table} AS t`;
  expect(found).toEqual([{ count: 100_000n, sum: 4_999_950_000n, names: 100_000n }]);
});

test("a record that lacks a column, or has it with another type, does not compile", () => {
  // The compiler checks this: an expected error that does not occur is an error.
  const table = { key: "int", name: "text" } as const;
  rows(db(), [{ key: 1, name: "tea", more: true } as { key: number; name: string }], table);
  // @ts-expect-error a column is missing
  rows(db(), [{ key: 1 }], table);
  // @ts-expect-error a column is misspelled
  rows(db(), [{ key: 1, nmae: "tea" }], table);
  // @ts-expect-error a text where a number belongs
  rows(db(), [{ key: "1", name: "tea" }], table);
  // @ts-expect-error undefined is not null
  rows(db(), [{ key: 1, name: undefined }], table);
});
