import type { Metadata } from "next";
import { headers } from "next/headers";
import { Frame } from "@/components/frame";
import { Notes } from "@/components/notes";
import { findNextDigest } from "@/lib/digest/find-next";
import { previewState, views } from "@/lib/digest/preview-state";
import { rhythms } from "@/lib/digest/series";
import { toMail } from "@/lib/digest/to-mail";
import { siteAddress } from "@/lib/http/site-address";
import { toNotes } from "@/lib/papers/filter-notes";
import { currentReader } from "@/lib/readers/current-reader";

export const dynamic = "force-dynamic";

export const metadata: Metadata = {
  title: "Digest",
  description: "A mail of new papers, as it would be sent.",
};

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

const rhythmNames = { daily: "Daily", weekly: "Weekly" };
const viewNames = { system: "System", light: "Light", dark: "Dark", text: "Plain text" };
const inKilobytes = (text: string) => `${Math.ceil(Buffer.byteLength(text) / 1000).toLocaleString("en")} KB`;

/** Shows the next digest of a search, in a frame that can do nothing but show it. */
export default async function DigestPage({ searchParams }: Props) {
  const { state, problems } = previewState.parse(await searchParams);
  const { q, rhythm, view } = state;
  const digest = await findNextDigest(q, rhythm, currentReader());
  const site = siteAddress((await headers()).get("host"));
  const links = { site, manage: `${site}/digest`, leave: `${site}/digest` };
  const mail = digest && (await toMail(digest, links));
  return (
    <Frame>
      <div className="max-w-column">
        <header className="border-ink border-b-2 pt-4 pb-3">
          <h1 className="font-display text-3xl sm:text-4xl">Digest</h1>
          <p className="mt-2 text-soft">The first mail of somebody who subscribes now.</p>
          <Notes lines={toNotes(problems)} />
        </header>
        <form method="get" action="/digest" className="mt-4 flex flex-wrap items-center gap-x-6 gap-y-3">
          <label className="flex min-w-0 grow basis-60 items-center gap-2">
            Search
            <input
              type="search"
              name="q"
              defaultValue={q}
              placeholder="All papers of the edition"
              className="min-w-0 grow rounded-md border border-edge bg-raised px-3 py-1.5 text-ink"
            />
          </label>
          {rhythms.map((one) => (
            <label key={one} className="flex min-h-7 items-center gap-2">
              <input
                type="radio"
                name="rhythm"
                value={one}
                defaultChecked={one === rhythm}
                className="accent-ink"
              />
              {rhythmNames[one]}
            </label>
          ))}
          <button type="submit" className="rounded-md border border-edge px-3 py-1.5 hover:border-ink">
            Show
          </button>
        </form>
        {mail ? (
          <>
            <dl className="mt-6">
              <dt className="text-faint text-xs">Subject</dt>
              <dd className="font-semibold wrap-anywhere">{mail.subject}</dd>
            </dl>
            <nav aria-label="View" className="mt-2 flex flex-wrap items-center gap-x-5">
              {views.map((one) => (
                <a
                  key={one}
                  href={previewState.href("/digest", { q, rhythm, view: one })}
                  aria-current={one === view ? "true" : undefined}
                  className={`inline-block py-1 decoration-2 underline-offset-6 hover:text-ink ${one === view ? "underline" : "text-soft"}`}
                >
                  {viewNames[one]}
                </a>
              ))}
              <span className="text-faint">{inKilobytes(view === "text" ? mail.text : mail.html)}</span>
            </nav>
            {view === "text" ? (
              <pre className="mt-3 whitespace-pre-wrap wrap-anywhere rounded-md border border-edge bg-raised p-4 font-mono text-fact">
                {mail.text}
              </pre>
            ) : (
              <iframe
                sandbox="allow-popups allow-popups-to-escape-sandbox"
                src={previewState.href("/digest/preview", { q, rhythm, view })}
                title="The mail"
                className="mt-3 h-[80vh] min-h-100 w-full rounded-md border border-edge"
              />
            )}
          </>
        ) : (
          <p className="mt-8 max-w-measure font-text text-lg">
            No papers of the latest {rhythm === "daily" ? "edition" : "week"} match, so no mail would be sent.
          </p>
        )}
      </div>
    </Frame>
  );
}
