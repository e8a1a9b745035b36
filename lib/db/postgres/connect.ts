import type { ClientConfig, PoolConfig, QueryConfig } from "pg";
import { readEnv } from "../../env";
import { withoutNull } from "./text";

// A server that does not answer must not keep a page waiting for more than five seconds. What is left of them is for the
// page that says so.
export const connectMs = 4000;
const answerMs = 4000;
// Less than that, so that a change that waits for a lock ends with that reason, not with a server that took too long.
const lockMs = 3500;

// A library is in memory or on an SSD, where the index of terms is cheap to read. Compiling a statement takes longer than
// any of ours runs.
const planner = "-c random_page_cost=1.1 -c jit=off";

export function clientConfig(url: string): ClientConfig {
  return {
    connectionString: url,
    connectionTimeoutMillis: connectMs,
    application_name: "broadsheet",
    keepAlive: true,
  };
}

/** `waitMs`: how long a statement waits for the lock of another process. 0: for the pages of a server. */
export async function poolConfig(url: string, waitMs: number): Promise<PoolConfig> {
  const { default: pg } = await import("pg");
  class Client extends pg.Client {
    #previous: Promise<unknown> = Promise.resolve();

    /**
     * Texts of PostgreSQL cannot contain U+0000, so a statement with one looks for, or stores, the replacement character.
     * Prisma sends statements of a transaction while another is running, which the driver no longer wants to queue.
     */
    // biome-ignore lint/suspicious/noExplicitAny: whichever overload was called, the arguments are passed on
    override query(query: any, ...rest: any[]): any {
      const { values } = query as QueryConfig;
      const run = () => super.query(values ? { ...query, values: values.map(withoutNull) } : query, ...rest);
      if (rest.some((one) => typeof one === "function")) return run();
      const answer = this.#previous.then(run);
      this.#previous = answer.catch(() => {}); // whoever sent it gets the error
      return answer;
    }
  }
  return {
    ...clientConfig(url),
    Client,
    options: planner,
    max: readEnv().databasePool,
    lock_timeout: Math.max(waitMs, lockMs),
    // Imports and the rebuilding of the index may take their time. The server ends a statement that is slow; this program
    // gives up on one whose server says nothing.
    ...(waitMs === 0 ? { statement_timeout: answerMs, query_timeout: answerMs } : {}),
  };
}
