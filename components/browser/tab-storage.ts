/** What this tab remembers from page to page; null where the reader's browser refuses that. */
export function storage(): Storage | null {
  try {
    return sessionStorage;
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}
