import { createHash, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";

export type MetricsText = () => Promise<string>;

const pathOf = ({ url = "/" }: IncomingMessage) => url.replace(/\?.*/s, "");

/** The server of METRICS_PORT. It has nothing but /metrics, and needs no token. */
export function metricsServer(text: MetricsText): Server {
  return createServer((request, response) => {
    if (pathOf(request) === "/metrics") void sendMetrics(request, response, text);
    else response.writeHead(404, plain).end("Broadsheet: metrics are at /metrics.\n");
  });
}

/** Answers /metrics on the site's own port, to whoever has the token. Returns false for any other request. */
export function answersMetrics(
  request: IncomingMessage,
  response: ServerResponse,
  token: string,
  text: MetricsText,
): boolean {
  if (pathOf(request) !== "/metrics") return false;
  const [scheme, given = ""] = (request.headers.authorization ?? "").split(" ");
  if (scheme?.toLowerCase() === "bearer" && isSame(given, token)) void sendMetrics(request, response, text);
  else {
    response.writeHead(401, { ...plain, "WWW-Authenticate": "Bearer" });
    response.end("Broadsheet: expected the token of METRICS_TOKEN.\n");
  }
  return true;
}

const plain = { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" };

async function sendMetrics(request: IncomingMessage, response: ServerResponse, text: MetricsText) {
  if (request.method !== "GET" && request.method !== "HEAD")
    return void response.writeHead(405, { ...plain, Allow: "GET, HEAD" }).end();
  try {
    const body = await text();
    response.writeHead(200, { ...plain, "Content-Type": "text/plain; version=0.0.4; charset=utf-8" });
    response.end(request.method === "HEAD" ? undefined : body);
  } catch (error) {
    console.error(`metrics: ${error instanceof Error ? error.message : error}`);
    response.writeHead(500, plain).end("Broadsheet: the metrics could not be collected.\n");
  }
}

// Hashes have equal lengths, and comparing them tells nothing about the token by how long it takes.
function isSame(given: string, token: string): boolean {
  const hash = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(hash(given), hash(token));
}
