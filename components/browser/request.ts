/** The server's answer, or null if the connection failed or was given up. */
export async function request(address: string, init?: RequestInit): Promise<Response | null> {
  try {
    return await fetch(address, init);
  } catch (error) {
    // fetch reports a failed connection as a TypeError, and one that was given up as an AbortError.
    if (!(error instanceof TypeError) && !(error instanceof DOMException && error.name === "AbortError"))
      throw error;
    return null;
  }
}

/** The page's current HTML, or null if it could not be fetched. */
export async function fetchPage(address: string): Promise<Document | null> {
  const answer = await request(address);
  if (!answer?.ok) return null;
  // Style attributes are removed: the content security policy would report those of formulas.
  const html = (await answer.text()).replace(/ style="[^"]*"/g, "");
  return new DOMParser().parseFromString(html, "text/html");
}
