// Next's bundle and the server each have a copy of this module. They share state through a global.
const shared = globalThis as typeof globalThis & { broadsheetIsStopping?: boolean };

/** Makes /api/ready answer that this server is stopping, so that a load balancer sends its requests elsewhere. */
export function announceStop(): void {
  shared.broadsheetIsStopping = true;
}

export function isStopping(): boolean {
  return shared.broadsheetIsStopping === true;
}
