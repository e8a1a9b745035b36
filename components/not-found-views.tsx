import { formatMoment } from "@/lib/days";
import { arxivLinks } from "@/lib/papers/links";
import { Frame } from "./frame";
import { Message } from "./message";

type Failure = { at: Date; error: string } | null | "";

/** For a paper that is not in the library. Offers to fetch it if its address is an arXiv id. */
export function PaperNotFound({ arxivId, failure }: { arxivId: string | null; failure: Failure }) {
  return (
    <Frame>
      <Message title="Paper not found">
        <p>This paper isn’t in Broadsheet yet.</p>
        {arxivId && (
          <form method="post" action="/fetch">
            <button
              type="submit"
              name="paper"
              value={arxivId}
              className="rounded-md border border-edge px-3 py-1.5 font-face text-sm hover:border-ink"
            >
              Fetch paper
            </button>{" "}
            from Hugging Face or arXiv
          </form>
        )}
        {failure && (
          <p className="border-ink border-l-2 pl-3 wrap-anywhere">
            Could not fetch it on {formatMoment(failure.at)}: {failure.error}.
          </p>
        )}
        {arxivId && (
          <p>
            Or in a terminal: <code>npm run scrape -- https://huggingface.co/papers/{arxivId}</code>
          </p>
        )}
        {arxivId && (
          <p>
            See{" "}
            <a href={arxivLinks(arxivId).abstract} rel="noopener noreferrer">
              {arxivId} on arXiv
            </a>
            .
          </p>
        )}
        <p>
          <a href="/papers">Search all papers</a> or go to the <a href="/">latest edition</a>.
        </p>
      </Message>
    </Frame>
  );
}

export function PageNotFound({ usesLibrary = true }: { usesLibrary?: boolean }) {
  return (
    <Frame usesLibrary={usesLibrary}>
      <Message title="Page not found">
        <p>Check the address for typos and impossible dates.</p>
        <p>
          Go to the <a href="/">latest edition</a> or <a href="/papers">search all papers</a>.
        </p>
      </Message>
    </Frame>
  );
}
