import path from "node:path";
import { troubleOf } from "@/lib/db/troubles";

/** A program that takes one file and says one line: its exit code. */
export async function runWithFile(
  name: string,
  usage: string,
  words: string[],
  run: (file: string) => Promise<string>,
): Promise<number> {
  const [file, ...rest] = words;
  if (file === "--help" || file === "-h") {
    console.log(usage);
    return 0;
  }
  if (file === undefined || file === "" || file.startsWith("-") || rest.length > 0) {
    console.error(
      `${name}: expected one FILE, got ${words.length === 0 ? "none" : `"${words.join(" ")}"`}\n\n${usage}`,
    );
    return 2;
  }
  try {
    // npm runs us in the project's folder; what the user names is relative to where the user stands.
    console.log(await run(path.resolve(process.env.INIT_CWD || process.cwd(), file)));
    return 0;
  } catch (error) {
    console.error(`${name}: ${troubleOf(error) ?? (error instanceof Error ? error.message : String(error))}`);
    return 1;
  }
}
