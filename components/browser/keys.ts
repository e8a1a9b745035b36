import { type Context, deselect, listActions } from "./key-actions";
import { isPaletteKey, isTypedInto, isWithModifier } from "./key-rules";
import { setting } from "./reader-sheet";
import { watchSearch } from "./search-box";

const patienceMs = 1000;

/**
 * Handles the keys of keymap.ts. They do nothing while the reader types, composes, or holds Ctrl, Alt or Meta. A key
 * without a meaning here is left to the browser, even after a `g`. `press` acts as if a key was pressed.
 */
export function watchKeys(context: Context): { press: (keys: string) => boolean } {
  const { chosen, announce, open } = context;
  const actions = listActions(context);
  const search = watchSearch(chosen);
  actions["/"] = search.open;
  const press = (keys: string) => actions[keys]?.() ?? false;
  const firstKeys = new Set(
    Object.keys(actions).flatMap((keys) => (keys.includes(" ") ? keys.split(" ")[0] : [])),
  );

  let firstKey = "";
  let waiting = 0;
  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (event.isComposing) return;
    if (isPaletteKey(event)) {
      event.preventDefault();
      return open.palette();
    }
    if (isWithModifier(event) || event.defaultPrevented) return;
    if (event.repeat && key !== "j" && key !== "k") return; // a held key must not repeat an undo
    if (key === "Escape" && search.leave()) return event.preventDefault();
    if (setting("keys") !== "on" || isTypedInto(target) || document.querySelector("dialog[open]")) return;
    if (key === "Escape") return deselect(announce);
    clearTimeout(waiting);
    const sequence = firstKey && `${firstKey} ${key}`;
    firstKey = "";
    if (press(sequence && sequence in actions ? sequence : key)) event.preventDefault();
    else if (firstKeys.has(key)) {
      firstKey = key;
      waiting = window.setTimeout(() => {
        firstKey = "";
      }, patienceMs);
    }
  });
  return { press };
}
