import type { Engine } from "./engine";
import { postgres } from "./postgres/engine";
import { sqlite } from "./sqlite/engine";

/** The engine of a library, by its address. */
export function engineFor(url: string): Engine {
  return url.startsWith("file:") ? sqlite : postgres;
}
