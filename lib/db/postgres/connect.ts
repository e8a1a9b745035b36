import type { ClientConfig, PoolConfig, QueryConfig } from "pg";

// A server that does not answer must not keep a page waiting.
const connectMs = 5000;
// As many statements as one process needs at once; a page sends its own one after the other.
const maxConnections = 10;

export function clientConfig(url: string): ClientConfig {
  return {
    connectionString: url,
    connectionTimeoutMillis: connectMs,
    application_name: "broadsheet",
    keepAlive: true,
  };
}

/** `waitMs`: how long a statement waits for the lock of another process; at least five seconds, because no page waits for it. */
export async function poolConfig(url: string, waitMs: number): Promise<PoolConfig> {
  const { default: pg } = await import("pg");
  /** PostgreSQL's texts cannot contain U+0000, so a query with one looks for, or stores, the replacement character. */
  class Client extends pg.Client {
    // biome-ignore lint/suspicious/noExplicitAny: the overloads of `query` do not matter here, it is passed on as it is
    override query(query: any, ...rest: any[]): any {
      const { values } = query as QueryConfig;
      return super.query(values ? { ...query, values: values.map(withoutNull) } : query, ...rest);
    }
  }
  return {
    ...clientConfig(url),
    Client,
    max: maxConnections,
    lock_timeout: Math.max(waitMs, connectMs),
  };
}

/** A text without U+0000, which PostgreSQL cannot store; other values as they are. */
export function withoutNull(value: unknown): unknown {
  return typeof value === "string" && value.includes("\0") ? value.replaceAll("\0", "\ufffd") : value;
}
