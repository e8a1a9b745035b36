/** Storage for this tab, or for this browser, or null if the browser refuses it. */
export function storage(of: "tab" | "browser" = "tab"): Storage | null {
  try {
    return of === "tab" ? sessionStorage : localStorage;
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}
