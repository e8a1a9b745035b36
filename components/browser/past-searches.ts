import type { Item } from "./suggestions";
import { storage } from "./tab-storage";

const key = "past-searches";
const kept = 50;
const shown = 4;

function read(): string[] {
  try {
    const stored: unknown = JSON.parse(storage("browser")?.getItem(key) ?? "[]");
    return Array.isArray(stored) ? stored.filter((text) => typeof text === "string") : [];
  } catch {
    return []; // something else wrote there
  }
}

/** Keeps a text as the latest search of this browser. */
export function rememberSearch(typed: string): void {
  const text = typed.trim();
  if (text === "") return;
  const searches = [text, ...read().filter((other) => other !== text)].slice(0, kept);
  try {
    storage("browser")?.setItem(key, JSON.stringify(searches));
  } catch (error) {
    if (!(error instanceof DOMException)) throw error; // the browser has no room
  }
}

export const clearPast = () => storage("browser")?.removeItem(key);

/** The latest searches that begin with a text. */
export const findPast = (typed: string): Item[] =>
  read()
    .filter((text) => text !== typed && text.toLowerCase().startsWith(typed.toLowerCase()))
    .slice(0, shown)
    .map((text) => ({ name: text, kind: "Past search", at: `/papers?${new URLSearchParams({ q: text })}` }));
