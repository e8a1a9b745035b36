import { toAddress } from "@/lib/http/address";
import type { FrontCounts } from "@/lib/http/front-counts";
import { routePattern } from "@/lib/http/routes";

export type RequestMetrics = {
  /** Notes an answered request: its address, its status, and how long the answer took in milliseconds. */
  observe: (url: string, status: number, ms: number) => void;
  text: () => Promise<string>;
};

type Observe = (seconds: number) => void;

const secondsUpTo = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
// Enough for the pages that are requested all the time.
const remembered = 2000;

/**
 * What the front measures. A request is labeled with the pattern of its address (lib/http/routes.ts), never with the
 * address itself, so that the number of series is bounded whatever clients ask for.
 */
export async function openRequestMetrics(counts: FrontCounts): Promise<RequestMetrics> {
  // It takes a few megabytes, so only a server that is measured loads it.
  const { Counter, Gauge, Histogram, Registry } = await import("prom-client");
  const registry = new Registry();
  const registers = [registry];
  const durations = new Histogram({
    name: "broadsheet_http_request_duration_seconds",
    help: "Time until a request was answered; its _count is the number of requests",
    labelNames: ["route", "status"],
    buckets: secondsUpTo,
    registers,
  });
  new Counter({
    name: "broadsheet_cache_requests_total",
    help: "Requests for pages that are the same for every reader: hit, outdated (sent during an import), miss",
    labelNames: ["result"],
    registers,
    collect() {
      this.reset();
      this.inc({ result: "hit" }, counts.hits);
      this.inc({ result: "outdated" }, counts.outdated);
      this.inc({ result: "miss" }, counts.misses);
    },
  });
  new Gauge({
    name: "broadsheet_pages_rendering",
    help: "Pages being rendered, or waiting to be",
    registers,
    collect() {
      this.set(counts.rendering);
    },
  });

  // Finding the pattern of an address takes several microseconds, and a cached page is sent in 80. So it is remembered,
  // with the series of each status.
  const byUrl = new Map<string, Map<number, Observe>>();

  function remember(url: string): Map<number, Observe> {
    if (byUrl.size >= remembered) byUrl.clear();
    const series = new Map<number, Observe>();
    byUrl.set(url, series);
    return series;
  }

  function findSeries(url: string, status: number): Observe {
    const address = toAddress(url);
    return durations.labels(address ? routePattern(address.path) : "malformed", `${status}`).observe;
  }

  return {
    observe(url, status, ms) {
      const series = byUrl.get(url) ?? remember(url);
      const observe = series.get(status) ?? findSeries(url, status);
      series.set(status, observe);
      observe(ms / 1000);
    },
    text: () => registry.metrics(),
  };
}
