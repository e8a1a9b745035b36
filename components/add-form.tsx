/** Why nothing was previewed, by the name that app/add/preview puts into the address. */
export const addProblems = {
  empty: "Nothing to add. Paste something, or choose a file that is not empty.",
  several: "Expected one pasted text or one file, got several. Add them one after the other.",
  size: "Expected at most 20 MB, unpacked, got more. Divide the file.",
  gzip: "Expected a whole gzip file, got a damaged one.",
  unfinished:
    "Adding took too long. What was saved until then is in Broadsheet, without bookmarks. Divide the file.",
  form: "Expected the form of this page, got something else. Try again.",
} as const;

const accepted = [
  ["From Zotero, JabRef, Mendeley or EndNote", "BibTeX, RIS or CSL-JSON"],
  ["From a browser, Raindrop, Karakeep or Linkwarden", "an HTML file of bookmarks"],
  ["From anywhere", "arXiv ids or addresses in any text"],
  ["From Hugging Face or arXiv", "a copied page, saved HTML, an API answer or a feed"],
  ["From Broadsheet", "an export as JSON Lines"],
];

const field = "w-full rounded-md border border-edge bg-raised px-3 py-1.5 text-ink";
export const framed = "rounded-md border border-edge px-4 py-1.5 text-ink hover:border-ink";

/** The form that takes papers in. A file may also be dropped on the page (components/browser/drop-file.ts). */
export function AddForm({ problem }: { problem: keyof typeof addProblems | null }) {
  return (
    <>
      {problem && (
        <p id="problem" role="alert" tabIndex={-1} className="mt-5 border-edge border-l-2 pl-3">
          {addProblems[problem]}
        </p>
      )}
      <form
        method="post"
        action="/add/preview"
        encType="multipart/form-data"
        data-drop
        className="mt-5 grid max-w-measure gap-4"
      >
        <label className="grid gap-1">
          Paste
          <textarea name="text" rows={8} spellCheck={false} className={`${field} font-mono text-sm`} />
        </label>
        <label className="grid gap-1">
          Or choose a file
          <input
            type="file"
            name="file"
            className={`${field} text-soft file:mr-3 file:rounded-md file:border file:border-edge file:px-2`}
          />
        </label>
        <button type="submit" className={`${framed} w-fit`}>
          Preview
        </button>
      </form>
      <h2 className="mt-8 font-semibold">What you can add</h2>
      <dl className="mt-1 max-w-measure">
        {accepted.map(([from, what]) => (
          <div key={from} className="flex flex-wrap justify-between gap-x-6 border-rule border-b py-1.5">
            <dt>{from}</dt>
            <dd className="text-soft">{what}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-3 max-w-measure text-soft text-pretty">
        Up to 20 MB, also gzipped, in UTF-8, UTF-16 or Latin-1. Nothing is saved before you have seen a
        preview.
      </p>
    </>
  );
}
