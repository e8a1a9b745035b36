import type { Metadata } from "next";
import { Pager } from "@/components/pager";
import { PaperList } from "@/components/paper-list";
import { ResultsHead } from "@/components/results-head";
import { filterState, longestQuestion } from "@/lib/papers/filter";
import { listPapers } from "@/lib/papers/list";
import type { Problem } from "@/lib/url-state";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** What the address asks for; a text that is too long is cut, and the page says so. */
async function read(searchParams: Props["searchParams"]) {
  const params = { ...(await searchParams) };
  const q = [params.q].flat()[0] ?? "";
  const cut = q.trim().length > longestQuestion;
  if (cut) params.q = q.trim().slice(0, longestQuestion);
  return { ...filterState.parse(params), cut };
}

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const { state } = await read(searchParams);
  return { title: state.q ? `${state.q.slice(0, 60)} · Search` : "All papers" };
}

export default async function PapersPage({ searchParams }: Props) {
  const { state, problems, cut } = await read(searchParams);
  const results = await listPapers(state);
  const pages = Math.ceil(results.total / results.limit);
  const href = (page: number) => filterState.href("/papers", { ...state, page });
  return (
    <div className="mx-auto max-w-3xl">
      <ResultsHead filter={state} total={results.total} />
      <Notes problems={problems} cut={cut} />
      <h2 className="sr-only">Results</h2>
      {results.papers.length > 0 ? (
        <PaperList papers={results.papers} />
      ) : (
        <div className="mt-8 max-w-[60ch] font-text text-lg/relaxed sm:ml-14">
          {results.total > 0 ? (
            <p>
              There is no page {state.page}: the{" "}
              <a href={href(pages)} className="underline decoration-edge underline-offset-4">
                last page is {pages}
              </a>
              .
            </p>
          ) : (
            <p>
              {state.q
                ? "No paper has all of these words. Fewer words, or other ones, find more; a minus before a word leaves papers out."
                : "No paper lies in this range."}
            </p>
          )}
        </div>
      )}
      <Pager page={state.page} pages={pages} href={href} />
    </div>
  );
}

function Notes({ problems, cut }: { problems: Problem[]; cut: boolean }) {
  const lines = problems.map(
    ({ field, got, expected }) =>
      `“${JSON.stringify(got.slice(0, 40)).slice(1, -1)}” is no value of ${field} (expected ${expected}), so it was passed over.`,
  );
  if (cut) lines.push(`The question was longer than ${longestQuestion} characters; the rest was cut off.`);
  if (lines.length === 0) return null;
  return (
    <div role="status" className="mt-4 border-accent border-l-2 pl-3 text-soft wrap-anywhere sm:ml-14">
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  );
}
