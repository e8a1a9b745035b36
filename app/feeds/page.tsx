import type { Metadata } from "next";
import { headers } from "next/headers";
import { Frame } from "@/components/frame";
import { feedLink } from "@/components/metadata";
import { Notes } from "@/components/notes";
import { share } from "@/lib/http/answer";
import { siteAddress } from "@/lib/http/site-address";
import { describeFilter } from "@/lib/papers/describe";
import { filterState, isShared, readFilter } from "@/lib/papers/filter";
import { toNotes } from "@/lib/papers/filter-notes";
import { currentReader } from "@/lib/readers/current-reader";
import { papersOf } from "@/lib/readers/own-papers";

export const dynamic = "force-dynamic";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** The filter in the address. A feed has pages of its own, and always the same number of papers on each. */
function readFeed(params: Awaited<Props["searchParams"]>) {
  const { filter, problems } = readFilter(params);
  const { page, limit } = filterState.defaults;
  return { filter: { ...filter, page, limit }, notes: toNotes(problems) };
}

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const { filter } = readFeed(await searchParams);
  return {
    title: "Feed",
    description: `The feed of ${describeFilter(filter)}.`,
    alternates: feedLink(filter),
  };
}

const underlined = "underline decoration-edge underline-offset-3";

/** Explains the feed of a filter, and shows its address to copy. */
export default async function FeedPage({ searchParams }: Props) {
  const { filter, notes } = readFeed(await searchParams);
  if (notes.length === 0 && isShared(filter, await papersOf(currentReader())))
    share(filterState.href("/feeds", filter));
  const path = filterState.href("/feeds/atom.xml", filter);
  const address = siteAddress((await headers()).get("host")) + path;
  return (
    <Frame>
      <div className="mx-auto max-w-column sm:pl-14">
        <header className="border-ink border-b-2 pt-8 pb-4">
          <h1 className="font-display text-5xl">Feed</h1>
          <p className="mt-2 text-soft wrap-anywhere">
            For{" "}
            <a href={filterState.href("/papers", filter)} className={underlined}>
              {describeFilter(filter)}
            </a>
          </p>
          <Notes lines={notes} />
        </header>
        <p className="mt-6 max-w-measure font-text text-lg text-pretty">
          A feed brings new papers to a feed reader, an app that collects what is new on many sites. Copy this
          address and add it to yours.
        </p>
        <div className="mt-5 flex flex-wrap items-center gap-3">
          <input
            id="feed-address"
            type="url"
            readOnly
            aria-label="Address of the feed"
            value={address}
            className="min-w-0 grow basis-80 select-all rounded-md border border-edge bg-raised px-3 py-1.5 text-ink"
          />
          {/* Shown by components/browser/copy.ts: without a script, nothing can be copied for the reader. */}
          <button
            type="button"
            hidden
            data-copy="feed-address"
            className="rounded-md border border-edge px-3 py-1.5 hover:border-ink"
          >
            Copy
          </button>
        </div>
        <p className="mt-5 text-soft">
          <a href={path} className={underlined}>
            Open the Atom file
          </a>
        </p>
      </div>
    </Frame>
  );
}
