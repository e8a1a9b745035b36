import { Pool } from "undici";

/** What current browsers send. */
export const accepted = { "accept-encoding": "gzip, deflate, br, zstd", accept: "text/html" };

export type Rate = { requestsPerSecond: number; p50: number; p95: number };

/** Requests an address over this many connections for this many seconds. Latencies are in milliseconds. */
export async function load(
  base: string,
  path: string,
  { connections = 32, seconds = 4 } = {},
): Promise<Rate> {
  const pool = new Pool(base, { connections, pipelining: 1 });
  const times: number[] = [];
  const startedAt = performance.now();
  const end = startedAt + seconds * 1000;
  const connect = async () => {
    while (performance.now() < end) {
      const at = performance.now();
      const { statusCode, body } = await pool.request({ path, method: "GET", headers: accepted });
      await body.dump({ limit: Number.POSITIVE_INFINITY });
      if (statusCode !== 200) throw new Error(`${base}${path}: answered ${statusCode}`);
      times.push(performance.now() - at);
    }
  };
  await Promise.all(Array.from({ length: connections }, connect));
  const took = (performance.now() - startedAt) / 1000;
  await pool.close();
  return { requestsPerSecond: Math.round(times.length / took), ...percentiles(times) };
}

export function percentiles(times: number[]): { p50: number; p95: number } {
  return { p50: percentile(times, 0.5), p95: percentile(times, 0.95) };
}

/** The time that this share of requests does not exceed. */
export function percentile(times: number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1));
}
