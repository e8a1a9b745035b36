import pg from "pg";
import type { Plain } from "./plain-fts5";

/** Search as most programs have it on PostgreSQL: its own English words, ranked by ts_rank, with a GIN index. */
export async function openPlainPostgres(url: string): Promise<Plain & { close: () => Promise<void> }> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(`CREATE SCHEMA plain;
    CREATE TABLE plain.papers AS SELECT "orderKey" AS key, abstract, setweight(to_tsvector('english', title), 'A')
      || setweight(to_tsvector('english', coalesce(abstract, '')), 'D') AS terms FROM "Paper";
    CREATE INDEX ON plain.papers USING gin (terms);
    CREATE INDEX ON plain.papers (key);`);
  await client.query("VACUUM ANALYZE plain.papers");
  const find = (order: string) => `SELECT key, ts_headline('english', abstract, asked) FROM
    (SELECT key, abstract, asked FROM plain.papers, plainto_tsquery('english', $1) AS asked
      WHERE terms @@ asked ORDER BY ${order} LIMIT $2) AS found`;
  const statements = { relevance: find("ts_rank(terms, asked) DESC"), newest: find("key DESC") };
  return {
    async find(text, order, limit = 20) {
      await client.query("SELECT count(*) FROM plain.papers WHERE terms @@ plainto_tsquery('english', $1)", [
        text,
      ]);
      const { rows } = await client.query<{ key: string }>(statements[order], [text, limit]);
      return rows.map(({ key }) => Number(key));
    },
    close: () => client.end(),
  };
}
