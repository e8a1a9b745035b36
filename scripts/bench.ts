import path from "node:path";
import { parseArgs } from "node:util";
import { benchIngest } from "./bench-ingest";
import { benchPages } from "./bench-pages";
import { benchTags } from "./bench-tags";

const usage = `npm run bench -- tags|ingest|pages FILE [--limit N]

Measures, and prints one JSON object. FILE is a list of papers as JSON Lines (.gz is unpacked), of which the first N are
taken. tags compares the tags that are derived from a text with the Hub's keywords of the same paper; ingest reads the
papers into a library in a temporary folder, and tells each stage's share; pages serves such a library, and tells how fast
and how large its pages are beside what Next does alone.`;

const benches = { tags: benchTags, ingest: benchIngest, pages: benchPages };

/** Runs one measurement with the words after `npm run bench --`; returns the exit code. */
export async function main(words: string[]): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      args: words,
      allowPositionals: true,
      options: { limit: { type: "string", default: "Infinity" } },
    });
    const [name = "", file = ""] = positionals;
    const limit = Number(values.limit);
    if (!(name in benches) || file === "" || !(limit > 0)) {
      console.error(usage);
      return 2;
    }
    const bench = benches[name as keyof typeof benches]; // looked for just above
    console.log(JSON.stringify(await bench(path.resolve(process.env.INIT_CWD ?? "", file), limit), null, 2));
    return 0;
  } catch (error) {
    console.error(`bench: ${error instanceof Error ? error.message : error}`);
    return 1;
  }
}
