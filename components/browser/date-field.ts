/**
 * Goes to the day as soon as it is chosen from the browser's calendar. While a day is typed, each digit may make another
 * valid day, so that the reader presses Enter.
 */
export function watchDateField(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-go]");
  let typing = false;
  form?.addEventListener("keydown", () => {
    typing = true;
  });
  form?.addEventListener("pointerdown", () => {
    typing = false;
  });
  form?.addEventListener("change", () => !typing && form.requestSubmit());
}
