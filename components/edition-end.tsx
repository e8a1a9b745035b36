import type { Edition } from "@/lib/papers/editions";
import { ForgottenPaper } from "./forgotten";
import { MarkAll } from "./mark-all";

/**
 * The end of an edition: how far the reader is, and one step to take next. The reader's part of the words is in
 * `/me.css` (lib/readers/sheet.ts), because the page is the same for everyone.
 */
export function EditionEnd({ edition: { day }, ids }: { edition: Edition; ids: string[] }) {
  return (
    <>
      <footer className="mt-6 flex flex-wrap items-center gap-x-5 gap-y-3 print:hidden">
        <p className="font-text text-lg">
          <span data-done />{" "}
          <a
            href={`/catch-up/next?after=${day}`}
            data-next
            className="underline decoration-edge underline-offset-4"
          >
            Next
          </a>
        </p>
        <div data-mark-all>
          <MarkAll ids={ids} />
        </div>
      </footer>
      <ForgottenPaper />
    </>
  );
}
