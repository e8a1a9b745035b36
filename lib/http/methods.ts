// Addresses that make changes. All others only read.
const changes: [RegExp, string[]][] = [
  [/^\/(bookmarks|undo|settings\/save|sources\/forget|refresh|fetch)$/, ["POST"]],
  [/^\/api\/v1\/(bookmarks|seen)\//, ["PUT", "DELETE"]],
  [/^\/api\/v1\/undo$/, ["POST"]],
];

/** The methods a path accepts, for `Allow`. */
export function methodsOf(path: string): string[] {
  return changes.find(([form]) => form.test(path))?.[1] ?? ["GET", "HEAD"];
}
