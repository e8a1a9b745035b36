import { isPaletteKey, isTypedInto, isWithModifier } from "./key-rules";
import { setting } from "./reader-sheet";

declare global {
  interface Window {
    /** Stops collecting, and returns the collected events in order. */
    takeEarlyKeys?: () => KeyboardEvent[];
  }
}

// A separate script in <head>, before the style sheets. It collects keys pressed before the island has started, which
// then replays them (replay-keys.ts). The browser does not act on a collected key.
const collected: KeyboardEvent[] = [];
let typing = false; // a collected key opens an input, and the next keys are for it

const collect = (event: KeyboardEvent) => {
  const { key, target } = event;
  if (event.isComposing) return;
  if (isPaletteKey(event)) typing = true;
  else {
    if (isWithModifier(event)) return;
    if (!typing && (isTypedInto(target) || setting("keys") === "off")) return;
    const isCharacter = key.length === 1 && (typing || key !== " "); // a space scrolls
    const isFollowing = /^(Enter|Escape)$/.test(key) && collected.length > 0;
    const isEditing = typing && /^(Backspace|Arrow(Up|Down))$/.test(key);
    if (!isCharacter && !isFollowing && !isEditing) return;
    typing = typing ? !isFollowing : key === "/";
  }
  event.preventDefault();
  collected.push(event);
};
addEventListener("keydown", collect, true);
window.takeEarlyKeys = () => {
  removeEventListener("keydown", collect, true);
  return collected;
};
