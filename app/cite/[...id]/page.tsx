import type { Metadata } from "next";
import { permanentRedirect } from "next/navigation";
import { Frame } from "@/components/frame";
import { PaperNotFound } from "@/components/not-found-views";
import { TexText } from "@/components/tex-text";
import { toArxivId } from "@/lib/arxiv-id";
import { toBibtex } from "@/lib/cite/bibtex";
import { exportFormats } from "@/lib/cite/export-formats";
import { formatReference } from "@/lib/cite/reference";
import { type ReferenceStyle, referenceStyles } from "@/lib/cite/reference-styles";
import { setStatus } from "@/lib/http/answer";
import { findPaper } from "@/lib/papers/find";
import { currentReader } from "@/lib/readers/current-reader";
import { findItem } from "@/lib/readers/export-papers";
import { paperPath } from "@/lib/words/paper-path";
import { readPathId } from "@/lib/words/path-id";

export const metadata: Metadata = { title: "Cite", description: "A paper as a reference to copy." };

type Props = { params: Promise<{ id: string[] }> };

const underlined = "underline decoration-edge underline-offset-3";

/** A paper as references to copy or download. */
export default async function CitePage({ params }: Props) {
  const id = readPathId((await params).id);
  const found = await findPaper(id);
  if (!found) {
    setStatus(404);
    return <PaperNotFound arxivId={toArxivId(id)} failure={null} />;
  }
  if ("movedTo" in found) permanentRedirect(`/cite${paperPath(found.movedTo).slice("/papers".length)}`);
  const item = await findItem(currentReader(), found.key);
  if (!item) {
    setStatus(404);
    return <PaperNotFound arxivId={toArxivId(id)} failure={null} />;
  }
  const references: { name: string; text: string }[] = [];
  for (const [style, { name }] of Object.entries(referenceStyles)) {
    const { text } = await formatReference(item, style as ReferenceStyle);
    references.push({ name, text });
  }
  references.push({ name: "BibTeX", text: toBibtex(item) });
  return (
    <Frame>
      <div className="mx-auto max-w-column sm:pl-14">
        <header className="border-ink border-b-2 pt-8 pb-4">
          <h1 className="font-display text-5xl">Cite</h1>
          <p dir="auto" className="mt-2 text-soft wrap-anywhere">
            <a href={paperPath(item.id)} className={underlined}>
              <TexText text={item.paper.title} />
            </a>
          </p>
        </header>
        {references.map(({ name, text }) => (
          <section key={name} aria-labelledby={`${name}-name`} className="mt-6">
            <div className="flex min-h-9 items-center justify-between gap-4">
              <h2 id={`${name}-name`} className="font-display text-xl">
                {name}
              </h2>
              {/* Shown by components/browser/copy.ts: without a script, nothing can be copied for the reader. */}
              <button
                type="button"
                hidden
                data-copy={name}
                aria-label={`Copy ${name}`}
                className="rounded-md border border-edge px-3 py-1 hover:border-ink"
              >
                Copy
              </button>
            </div>
            <textarea
              id={name}
              readOnly
              aria-labelledby={`${name}-name`}
              rows={name === "BibTeX" ? text.trim().split("\n").length : 3}
              wrap={name === "BibTeX" ? "off" : "soft"}
              value={text.trim()}
              className={`mt-1 block w-full resize-y rounded-md border border-edge bg-raised px-3 py-2 text-ink ${name === "BibTeX" ? "font-mono text-xs" : "font-text"}`}
            />
          </section>
        ))}
        <p className="mt-6 flex flex-wrap gap-x-5">
          {(["bibtex", "ris", "csl-json"] as const).map((format) => (
            <a
              key={format}
              href={`/api/v1/export?${new URLSearchParams({ format, q: `id:${item.id}` })}`}
              className={`py-1 ${underlined}`}
            >
              Download {exportFormats[format].name}
            </a>
          ))}
        </p>
      </div>
    </Frame>
  );
}
