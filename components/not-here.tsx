import { formatMoment } from "@/lib/days";
import { arxivLinks } from "@/lib/papers/links";
import { Frame } from "./frame";
import { Message } from "./message";

type Failure = { at: Date; error: string } | null | "";

/** For a paper that the library does not have; leads on to arXiv where its address is an arXiv id. */
export function PaperNotHere({ arxivId, failure }: { arxivId: string | null; failure: Failure }) {
  return (
    <Frame>
      <Message title="No such paper here">
        <p>The library has no paper of this address. It may not have been read yet.</p>
        {arxivId && (
          <form method="post" action="/fetch">
            <button
              type="submit"
              name="paper"
              value={arxivId}
              className="rounded-md border border-edge px-3 py-1.5 font-face text-sm hover:border-accent hover:text-accent"
            >
              Fetch it
            </button>{" "}
            from the Hub or from arXiv.
          </form>
        )}
        {failure && (
          <p className="border-accent border-l-2 pl-3 wrap-anywhere">
            The last try, on {formatMoment(failure.at)}, failed: {failure.error}.
          </p>
        )}
        {arxivId && (
          <p>
            If it exists, it stands at{" "}
            <a href={arxivLinks(arxivId).abstract} rel="noopener noreferrer">
              arXiv: {arxivId}
            </a>
            .
          </p>
        )}
        <p>
          <a href="/papers">Search the library</a>, or go to the <a href="/">latest edition</a>.
        </p>
      </Message>
    </Frame>
  );
}

export function PageNotHere() {
  return (
    <Frame reads={false}>
      <Message title="There is no such page">
        <p>The address may be misspelt, or name a day that no calendar has.</p>
        <p>
          Go to the <a href="/">latest edition</a>, or <a href="/papers">search the library</a>.
        </p>
      </Message>
    </Frame>
  );
}
