/** A file that is dropped on a page with the form for files is sent by it. */
export function watchDrops(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-drop]");
  const input = form?.querySelector<HTMLInputElement>("input[type=file]");
  const text = form?.querySelector("textarea");
  if (!form || !input || !text) return;
  document.addEventListener("dragover", (event) => {
    if (event.dataTransfer?.types.includes("Files")) event.preventDefault(); // or the browser would open the file
  });
  document.addEventListener("drop", (event) => {
    const files = event.dataTransfer?.files;
    if (!files || files.length === 0) return;
    event.preventDefault();
    input.files = files;
    if (text.value.trim() === "") form.requestSubmit(); // a pasted text is not lost
  });
}
