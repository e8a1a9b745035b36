import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { hubAnswer } from "./hub-answer";

const folder = path.resolve("tests/fixtures");

/** Bodies of every format, with made-up papers: the files of tests/fixtures and one response of the API. */
export function fixtures(): { name: string; body: string }[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    // A database, and exports, which not all are bodies.
    .filter((file) => !["library", "cite"].some((other) => file.startsWith(path.join(folder, other))))
    .sort();
  return [
    { name: "answer.json", body: hubAnswer([{ id: "2408.00001", authors: ["Ada"] }, { id: "2408.00002" }]) },
    ...files.map((file) => ({ name: path.relative(folder, file), body: readFileSync(file, "utf8") })),
  ];
}
