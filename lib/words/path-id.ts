/** A paper's id from the parts of an address behind `/papers/`, which are still encoded. */
export const readPathId = (parts: string[]) => parts.map(decode).join("/");

// A part with a stray percent sign is not an id, and stays as it is.
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    if (error instanceof URIError) return part;
    throw error;
  }
}
