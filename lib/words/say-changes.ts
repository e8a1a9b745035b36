/** `Theme changed`; `Theme and order changed`. */
export function saySettingsChanged(names: string[]): string {
  const list = new Intl.ListFormat("en", { type: "conjunction" }).format(names);
  return `${list.charAt(0).toUpperCase()}${list.slice(1)} changed`;
}

/** What undoing a change is called: `Theme restored` for `Theme changed`. */
export function sayUndone(change: string): string {
  return change.endsWith(" changed") ? change.replace(/changed$/, "restored") : `Undone: ${change}`;
}
