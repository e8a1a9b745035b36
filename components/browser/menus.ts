/** Closes an open menu (components/menu.tsx) on Escape, and on a click or a focus elsewhere. */
export function watchMenus(): void {
  const closeOthers = (target: EventTarget | null) => {
    for (const menu of document.querySelectorAll<HTMLDetailsElement>("[data-menu][open]"))
      if (!(target instanceof Node && menu.contains(target))) menu.open = false;
  };
  document.addEventListener("click", ({ target }) => closeOthers(target));
  document.addEventListener("focusin", ({ target }) => closeOthers(target));
  document.addEventListener("keydown", (event) => {
    const menu = document.querySelector<HTMLDetailsElement>("[data-menu][open]");
    if (event.key !== "Escape" || event.isComposing || !menu) return;
    event.preventDefault(); // Escape also clears a selection
    menu.open = false;
    if (menu.contains(document.activeElement)) menu.querySelector("summary")?.focus();
  });
}
