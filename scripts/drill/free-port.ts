import { createServer } from "node:net";

/** A port of this machine that no program listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number }; // it listens on a port
      probe.close(() => resolve(port));
    });
  });
}
