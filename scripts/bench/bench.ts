import path from "node:path";
import { parseArgs } from "node:util";
import { benchDigest } from "./digest";
import { benchIngest } from "./ingest";
import { benchPages } from "./pages";
import { benchRelated } from "./related";
import { benchSearch } from "./search";
import { benchSearchCorpus } from "./search-corpus";
import { benchSentences } from "./sentences";
import { benchSoak } from "./soak";
import { benchTags } from "./tags";

const usage = `npm run bench -- tags|sentences|related|ingest|pages|soak|digest FILE [--limit N] [--minutes N] [--postgres]
npm run bench -- search --corpus FILE --limit N [--keep FOLDER] [--postgres]
npm run bench -- search ADDRESS…

Runs a benchmark and prints one JSON object. FILE is a list of papers as JSON Lines (.gz is unpacked); only the first N are
used. tags compares tags derived from a text with the keywords Hugging Face has for the same paper. sentences compares the key
sentence of an abstract with the summary on Hugging Face; FILE may be a folder of listings. related reports how many of the
papers related to a paper have one of its rare keywords on Hugging Face, and how long it takes to find them. ingest imports the
papers into a library in a temporary folder, or on a PostgreSQL server of its own, and reports the share of each stage. pages
serves such a library, and reports how fast and how large its pages are, compared with Next alone. soak keeps readers and
imports busy on such a server for some minutes (3 by default), and reports its memory and response times. digest sends the digest of the
last edition to 10,000 subscribers of 200 searches on this machine, and reports time and memory. search asks libraries
at these addresses, as in DATABASE_URL, the same questions in turns, and reports how fast they answer and whether they find
known papers; with --corpus, it builds a library of the first N papers of a file, which --keep keeps, and compares its search
with plain FTS5, or on a PostgreSQL server of its own with plain ts_rank.`;

const benches = {
  tags: benchTags,
  sentences: benchSentences,
  related: benchRelated,
  ingest: benchIngest,
  pages: benchPages,
  soak: benchSoak,
  digest: benchDigest,
};

/** Runs one benchmark with the program's command-line arguments. Returns the exit code. */
export async function main(args: string[]): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        limit: { type: "string", default: "Infinity" },
        minutes: { type: "string", default: "3" },
        postgres: { type: "boolean", default: false },
        corpus: { type: "string" },
        keep: { type: "string" },
      },
    });
    const [name = "", file = ""] = positionals;
    const limit = Number(values.limit);
    const minutes = Number(values.minutes);
    const fromHere = (name: string) => path.resolve(process.env.INIT_CWD ?? "", name);
    if (name === "search" && values.corpus !== undefined && limit > 0 && limit < Infinity) {
      const keep = values.keep === undefined ? null : fromHere(values.keep);
      console.log(
        JSON.stringify(
          await benchSearchCorpus(fromHere(values.corpus), limit, keep, values.postgres),
          null,
          2,
        ),
      );
      return 0;
    }
    if (name === "search" && positionals.length > 1) {
      console.log(JSON.stringify(await benchSearch(positionals.slice(1)), null, 2));
      return 0;
    }
    if (!(name in benches) || file === "" || !(limit > 0) || !(minutes > 0 && minutes <= 60)) {
      console.error(usage);
      return 2;
    }
    const bench = benches[name as keyof typeof benches]; // checked just above
    console.log(JSON.stringify(await bench(fromHere(file), limit, minutes, values.postgres), null, 2));
    return 0;
  } catch (error) {
    console.error(`bench: ${error instanceof Error ? error.message : error}`);
    return 1;
  }
}
