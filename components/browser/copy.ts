/** Makes the copy buttons work: each copies the value of the field that it names. `announce` receives the result. */
export function watchCopy(announce: (words: string) => void): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-copy]")) {
    const field = document.getElementById(button.dataset.copy ?? "");
    if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) continue;
    button.hidden = false;
    field.addEventListener("focus", () => field.select());
    button.addEventListener("click", async () => {
      const isCopied = await copyText(field.value);
      field.select();
      announce(isCopied ? "Copied." : "Could not copy. The text is selected, so you can copy it yourself.");
    });
  }
}

/** False if the browser refuses. */
export async function copyText(text: string): Promise<boolean> {
  // Over plain http, browsers have no clipboard except for localhost. The old way, a selection, works there.
  if (!navigator.clipboard) return copySelected(text);
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch (error) {
    if (error instanceof DOMException) return false; // not allowed
    throw error;
  }
}

function copySelected(text: string): boolean {
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "fixed opacity-0";
  document.body.append(field);
  field.select();
  const isCopied = document.execCommand("copy");
  field.remove();
  return isCopied;
}
