import type { Metadata } from "next";
import { Frame } from "@/components/frame";
import { Notes } from "@/components/notes";
import { type ExportFormatName, exportFormats } from "@/lib/cite/export-formats";
import { describeFilter } from "@/lib/papers/describe";
import { filterState, isOwn, readFilter } from "@/lib/papers/filter";
import { toNotes } from "@/lib/papers/filter-notes";
import { currentReader } from "@/lib/readers/current-reader";
import { papersOf } from "@/lib/readers/own-papers";

export const metadata: Metadata = {
  title: "Export",
  description: "Download papers as BibTeX, RIS, CSL-JSON, Markdown, CSV and more.",
};

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

const uses: Record<ExportFormatName, string> = {
  bibtex: "For LaTeX, JabRef and Overleaf",
  ris: "For EndNote, Mendeley and older programs",
  "csl-json": "For Zotero and pandoc",
  markdown: "One file to read or to edit",
  obsidian: "A zip with a note for each paper",
  csv: "For Excel, Notion and other tables",
  netscape: "For browsers, Raindrop, Karakeep and Linkwarden",
  jsonl: "Everything, to bring it back here or to another Broadsheet",
};

const underlined = "underline decoration-edge underline-offset-3";

/** The papers of a filter as files to download. */
export default async function ExportPage({ searchParams }: Props) {
  const { filter, problems } = readFilter(await searchParams);
  const whole = { ...filter, page: 1, limit: filterState.defaults.limit };
  return (
    <Frame own={isOwn(filter, await papersOf(currentReader()))}>
      <div className="mx-auto max-w-column sm:pl-14">
        <header className="border-ink border-b-2 pt-8 pb-4">
          <h1 className="font-display text-5xl">Export</h1>
          <p className="mt-2 text-soft wrap-anywhere">
            Papers:{" "}
            <a href={filterState.href("/papers", whole)} className={underlined}>
              {describeFilter(whole)}
            </a>
          </p>
          <Notes lines={toNotes(problems)} />
        </header>
        <ul className="mt-2">
          {Object.entries(exportFormats).map(([format, { name, extension }]) => (
            <li key={format} className="border-rule border-b">
              <a
                href={`/api/v1/export?${new URLSearchParams({ format, ...toParams(whole) })}`}
                className="group flex min-h-11 items-baseline justify-between gap-x-6 py-2.5 max-sm:flex-col"
              >
                <span>
                  <span className="font-display text-xl group-hover:underline">{name}</span>{" "}
                  <span className="text-faint text-xs">.{extension}</span>
                </span>
                <span className="text-soft">{uses[format as ExportFormatName]}</span>
              </a>
            </li>
          ))}
        </ul>
        <p className="mt-5 max-w-measure text-soft text-pretty">
          Only JSON Lines has everything. BibTeX, RIS and CSL-JSON have what a citation needs and the tags,
          but none of your notes, so you can give them to others.
        </p>
      </div>
    </Frame>
  );
}

/** The parameters of the filter's address. */
const toParams = (filter: typeof filterState.defaults) =>
  Object.fromEntries(new URL(filterState.href("/", filter), "http://localhost").searchParams);
