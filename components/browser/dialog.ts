import { makeElement } from "./make-element";

export type Dialog = { show: (label: string, ...content: Node[]) => void; close: () => void };

/** The page's one dialog: what `show` gets replaces what it had. Escape and a click outside close it. */
export function openDialog(): Dialog {
  let dialog: HTMLDialogElement | undefined;
  const close = () => {
    dialog?.close(); // returns the focus
    // If nothing had it before, a hidden input would keep it until the next frame, and swallow keys.
    const focused = document.activeElement;
    if (focused instanceof HTMLElement && dialog?.contains(focused)) focused.blur();
  };
  const show = (label: string, ...content: Node[]) => {
    close();
    dialog?.remove();
    dialog = makeElement(
      "dialog",
      "mx-auto mt-[10vh] mb-auto max-h-[80dvh] w-[min(34rem,calc(100vw-2rem))] rounded-lg border border-edge bg-page p-5 text-ink",
    );
    dialog.setAttribute("aria-label", label);
    dialog.append(...content);
    // The browser closes a dialog some time after Escape was pressed. The next key could arrive before that, and the ones
    // after it would act on the page.
    dialog.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.isComposing) return;
      event.preventDefault();
      close();
    });
    dialog.addEventListener("click", (event) => event.target === dialog && close());
    document.body.append(dialog);
    dialog.showModal();
  };
  return { show, close };
}
