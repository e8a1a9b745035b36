import type { Metadata } from "next";
import { AddForm, addProblems } from "@/components/add-form";
import { TitledPage } from "@/components/titled-page";
import { UploadPreview } from "@/components/upload-preview";
import { UploadResult } from "@/components/upload-result";
import { type Day, isDay } from "@/lib/days";
import { setProblem, setStatus } from "@/lib/http/answer";
import { currentReader } from "@/lib/readers/current-reader";
import { findUpload } from "@/lib/readers/uploads";
import type { Added } from "@/lib/uploads/add";
import { runOnThread } from "@/lib/uploads/run-on-thread";
import { formatPapers } from "@/lib/words/paper-counts";

export const metadata: Metadata = {
  title: "Add papers",
  description: "Add papers from a file, a copied page or a list of ids.",
};

/** `upload` is a token, `day` the day on which it was taken, `problem` the name of a problem with what was sent last. */
type Props = { searchParams: Promise<{ upload?: unknown; day?: unknown; problem?: unknown }> };

export default async function AddPage({ searchParams }: Props) {
  const { upload, day, problem } = await searchParams;
  if (typeof upload === "string")
    return showUpload(upload, typeof day === "string" && isDay(day) ? day : null);
  return (
    <TitledPage title="Add papers">
      <AddForm problem={isProblem(problem) ? problem : null} />
    </TitledPage>
  );
}

const isProblem = (name: unknown): name is keyof typeof addProblems =>
  typeof name === "string" && Object.hasOwn(addProblems, name);

async function showUpload(token: string, pageDate: Day | null) {
  const reader = currentReader();
  const upload = await findUpload(reader, token);
  if (!upload) return <Gone />;
  if (upload.result !== null) {
    const added: Added = JSON.parse(upload.result); // written by app/add/save
    return (
      <TitledPage title={toTitle(added)}>
        <UploadResult added={added} />
      </TitledPage>
    );
  }
  const message = await runOnThread({ does: "preview", reader, token, pageDate });
  if ("libraryProblem" in message) {
    setProblem(message.libraryProblem);
    return null;
  }
  const { outcome } = message;
  if (!outcome) return <Gone />;
  if (!("problem" in outcome)) {
    return (
      <TitledPage title="Preview">
        <UploadPreview token={token} name={upload.name} preview={outcome} day={pageDate} />
      </TitledPage>
    );
  }
  return (
    <TitledPage title="Cannot read this">
      <div role="alert" className="mt-4 border-edge border-l-2 pl-3 wrap-anywhere">
        <p>Nothing was added: {outcome.problem}.</p>
        {outcome.beginning && (
          <p className="text-faint text-xs">
            It begins with <code>{outcome.beginning}</code>
          </p>
        )}
      </div>
      <AddForm problem={null} />
    </TitledPage>
  );
}

function toTitle({ papers, fresh, changed }: Added): string {
  if (papers === 0) return "Nothing added";
  return fresh === 0 && changed === 0 ? "Nothing new" : `Added ${formatPapers(papers)}`;
}

function Gone() {
  setStatus(404);
  return (
    <TitledPage title="This preview is gone">
      <p className="mt-4 text-soft">A preview is kept for an hour. Add the papers again.</p>
      <AddForm problem={null} />
    </TitledPage>
  );
}
