/** What the server answers; null where nobody does. */
export async function ask(address: string, init?: RequestInit): Promise<Response | null> {
  try {
    return await fetch(address, init);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error; // a TypeError is fetch's way to say that nobody answered
    return null;
  }
}

/** A page as it is now; null where it cannot be had. */
export async function askForPage(address: string): Promise<Document | null> {
  const answer = await ask(address);
  if (!answer?.ok) return null;
  // Without the styles of formulas, of which the policy of pages would complain.
  const html = (await answer.text()).replace(/ style="[^"]*"/g, "");
  return new DOMParser().parseFromString(html, "text/html");
}
